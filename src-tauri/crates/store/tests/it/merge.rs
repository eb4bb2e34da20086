use cairn_store::Collection;
use proptest::prelude::*;

use crate::support::*;

/// What one machine did: by day, the grades of its answers and how often it pressed undo.
type Doings = Vec<(i64, Vec<u8>, u8)>;

fn doings() -> impl Strategy<Value = Doings> {
    prop::collection::vec((0i64..12, prop::collection::vec(0u8..=5, 1..5), 0u8..3), 0..4)
}

fn machine(doings: &Doings) -> (Home, Collection) {
    let (home, mut collection) = Home::with(&deck(
        "d",
        vec![basic("a", "A?", "a"), cloze("b", "{{c1::x}} {{c2::y}}"), choice("c", "C?")],
    ));
    for (day, grades, undos) in doings {
        let mut step = collection.begin(None, None, noon(*day)).unwrap();
        for with in grades {
            let Some(card) = &step.shown else { break };
            let with = if card.outcomes.len() == 2 { 4 } else { *with };
            step = grade(&mut collection, &step, with, noon(*day));
        }
        for _ in 0..*undos {
            if collection.undo(noon(*day)).is_err() {
                break;
            }
        }
    }
    (home, collection)
}

fn outlook(collection: &mut Collection) -> Vec<(u32, u32, u32)> {
    (0..40)
        .map(|day| collection.today(noon(day)).unwrap().counts)
        .map(|counts| (counts.new, counts.due, counts.drill))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn two_machines_end_with_the_same_schedules_whoever_merges_first_and_however_often(
        mine in doings(), yours in doings(),
    ) {
        let (_a, mut here) = machine(&mine);
        let (_b, mut there) = machine(&yours);
        here.merge_log(&there).unwrap();
        there.merge_log(&here).unwrap();
        let merged = outlook(&mut here);
        prop_assert_eq!(&outlook(&mut there), &merged);
        prop_assert_eq!(here.merge_log(&there).unwrap(), 0, "the second time nothing comes in");
        prop_assert_eq!(there.merge_log(&here).unwrap(), 0);
        prop_assert_eq!(&outlook(&mut here), &merged);
        prop_assert_eq!(here.check().unwrap(), vec![]);
        prop_assert_eq!(there.check().unwrap(), vec![]);
    }
}
