//! Which of many rules a text can match at all: known by the lists whose words stand in it, without a look at each rule.

use crate::detect::lexicon::{ListSet, ones};
use std::ops::Range;

/// Rules by the lists that betray them.
#[derive(Debug, Default)]
pub struct Triggers {
    /// For each list: the rules that it betrays, a bit each.
    of_list: Vec<RuleSet>,
    /// The lists that betray any.
    betraying: ListSet,
    /// Rules that nothing betrays.
    always: RuleSet,
    /// How many rules there are.
    rules: usize,
}

/// Numbers of rules, a bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSet(Vec<u64>);

impl RuleSet {
    fn add(&mut self, rule: usize) {
        if self.0.len() <= rule / 64 {
            self.0.resize(rule / 64 + 1, 0);
        }
        self.0[rule / 64] |= 1 << (rule % 64);
    }

    /// The rules in a range of numbers, in their order.
    pub fn within(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let rules = (range.start / 64..range.end.div_ceil(64)).flat_map(|at| {
            let bits = self.0.get(at).copied().unwrap_or_default();
            ones(bits).map(move |bit| at * 64 + bit)
        });
        rules.skip_while(move |rule| *rule < range.start).take_while(move |rule| *rule < range.end)
    }
}

impl Triggers {
    /// Enters the next rule, with lists of which a word stands wherever it matches; none where there are no such lists.
    pub fn add(&mut self, lists: Option<&[usize]>) {
        let rule = self.rules;
        self.rules += 1;
        let Some(lists) = lists else { return self.always.add(rule) };
        for list in lists {
            if self.of_list.len() <= *list {
                self.of_list.resize_with(list + 1, RuleSet::default);
            }
            self.of_list[*list].add(rule);
            self.betraying.add(*list);
        }
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.rules
    }

    /// The rules that may match a text in which words of these lists stand.
    pub fn may_match(&self, present: &ListSet) -> RuleSet {
        let mut rules = vec![0; self.rules.div_ceil(64)];
        let mut join = |more: &RuleSet| rules.iter_mut().zip(&more.0).for_each(|(own, more)| *own |= more);
        join(&self.always);
        present.common(&self.betraying).filter_map(|list| self.of_list.get(list)).for_each(join);
        RuleSet(rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_may_match_where_one_of_its_lists_stands() {
        let mut triggers = Triggers::default();
        triggers.add(Some(&[3, 70]));
        triggers.add(None);
        triggers.add(Some(&[3, 3]));
        let of = |lists: &[usize]| {
            triggers.may_match(&lists.iter().copied().collect()).within(0..triggers.len()).collect::<Vec<_>>()
        };
        assert_eq!(of(&[3]), [0, 1, 2]);
        assert_eq!(of(&[70, 500]), [0, 1]);
        assert_eq!(of(&[]), [1]);
    }
}
