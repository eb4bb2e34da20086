//! A small stable hash, for draws that must come out the same on every machine and in every release.

use uuid::Uuid;

/// Mixes an identity and a number into 64 well-spread bits.
///
/// Source: the finaliser of SplitMix64 (Steele, Lea, Flood, 2014). Not for secrets.
pub fn mix(identity: Uuid, number: u64) -> u64 {
    let (high, low) = identity.as_u64_pair();
    finalise(finalise(finalise(high) ^ low) ^ number)
}

fn finalise(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A short name for a text: the same text has the same name everywhere. Not for secrets.
pub fn fingerprint(text: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).simple().to_string()
}

/// Orders `0..count` by chance that depends only on the arguments (Fisher–Yates).
pub fn shuffled(count: usize, identity: Uuid, number: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = mix(identity, number);
    for last in (1..count).rev() {
        state = finalise(state);
        let pick = usize::try_from(state % (last as u64 + 1)).unwrap_or(0);
        order.swap(last, pick);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_holds_every_index_once_and_depends_on_both_arguments() {
        let id = Uuid::from_u128(7);
        let mut order = shuffled(8, id, 1);
        assert_ne!(order, shuffled(8, id, 2));
        assert_ne!(order, shuffled(8, Uuid::from_u128(8), 1));
        assert_eq!(order, shuffled(8, id, 1));
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn every_place_is_about_equally_likely() {
        let mut first = [0u32; 4];
        for number in 0..4000 {
            first[shuffled(4, Uuid::from_u128(1), number)[0]] += 1;
        }
        assert!(first.iter().all(|&n| (900..1100).contains(&n)), "{first:?}");
    }

    #[test]
    fn the_draw_is_the_same_in_every_release() {
        assert_eq!(mix(Uuid::from_u128(1), 2) % 2001, 911);
    }
}
