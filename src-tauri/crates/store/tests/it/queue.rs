//! The queue kept up to date in memory is the queue read anew from the file.

use cairn_store::Settings;
use proptest::prelude::*;

use crate::support::*;

#[derive(Debug, Clone)]
enum Doing {
    Grade(u8),
    Undo,
    Suspend,
    Bury,
    Wait(i64),
    NextDay,
    Begin(Option<u32>),
    Siblings(bool),
    CatchUp(Option<u32>),
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        8 => (0u8..=5).prop_map(Doing::Grade),
        3 => Just(Doing::Undo),
        1 => Just(Doing::Suspend),
        1 => Just(Doing::Bury),
        1 => (1i64..90).prop_map(Doing::Wait),
        1 => Just(Doing::NextDay),
        1 => prop_oneof![Just(None), (1u32..5).prop_map(Some)].prop_map(Doing::Begin),
        1 => any::<bool>().prop_map(Doing::Siblings),
        1 => prop_oneof![Just(None), (1u32..4).prop_map(Some)].prop_map(Doing::CatchUp),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn live_and_reopened_agree_after_anything(doings in prop::collection::vec(doing(), 1..30)) {
        let mut notes = basics(6);
        notes.push(cloze("c", "{{c1::a}} {{c2::b}} {{c3::c}}"));
        notes.push(choice("q", "Which?"));
        let (home, mut live) = Home::with(&deck("d", notes));
        live.save_settings(&Settings { new_per_day: 4, ..Settings::default() }, noon(0)).unwrap();
        let mut now = noon(0);
        let mut step = live.begin(None, None, now).unwrap();
        for doing in doings {
            let card = step.shown.as_ref().map(|shown| shown.card.parse().unwrap());
            step = match (doing, card) {
                (Doing::Grade(with), Some(_)) => {
                    let drilled = shown(&step).outcomes.len() == 2;
                    grade(&mut live, &step, if drilled { [1, 4][usize::from(with % 2)] } else { with }, now)
                }
                (Doing::Suspend, Some(card)) => live.suspend(card, true, now).unwrap(),
                (Doing::Bury, Some(card)) => live.bury(card, now).unwrap(),
                (Doing::Undo, _) => live.undo(now).map_or(step, |undone| undone.step),
                (Doing::Wait(seconds), _) => { now = later(now, seconds); live.step(now).unwrap() }
                (Doing::NextDay, _) => { now = later(now, 86_400); live.begin(None, None, now).unwrap() }
                (Doing::Begin(limit), _) => live.begin(None, limit, now).unwrap(),
                (Doing::Siblings(on), _) => {
                    let settings = Settings { one_sibling_a_day: on, ..live.settings().clone() };
                    live.save_settings(&settings, now).unwrap();
                    live.step(now).unwrap()
                }
                (Doing::CatchUp(per_day), _) => { live.set_catch_up(per_day, now).unwrap(); live.step(now).unwrap() }
                (_, None) => live.step(now).unwrap(),
            };
            let mut reopened = home.open();
            prop_assert_eq!(&reopened.step(now).unwrap(), &step);
            let today = live.today(now).unwrap();
            prop_assert_eq!(&reopened.today(now).unwrap(), &today);
            let by_deck = &today.decks[0];
            prop_assert_eq!((by_deck.new, by_deck.due, by_deck.drill), (today.counts.new, today.counts.due, today.counts.drill));
        }
        prop_assert_eq!(live.rebuild(true, now).unwrap(), 0);
        prop_assert_eq!(live.check().unwrap(), vec![]);
    }
}
