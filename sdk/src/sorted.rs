//! Lists in their order.

use std::cmp::Ordering;

/// The items in their order; what is alike stays as it was. Sorted are their places: std's own ways of sorting would be in
/// every app once for each kind of item.
pub(crate) fn sorted<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let order = order(items.len(), &|one, other| compare(&items[one], &items[other]));
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|place| items[place].take())
        .collect()
}

fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stays_as_it_was() {
        let items: Vec<(usize, usize)> = (0..100).map(|item| (item * 37 % 10, item)).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|item| item.0);
        assert_eq!(sorted(items, |one, other| one.0.cmp(&other.0)), expected);
    }
}
