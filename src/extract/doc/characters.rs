//! What a character is: shown or not, itself or a stand-in for a picture or symbol ([MS-DOC] 2.4.6.2, 2.6.1).

use crate::extract::doc::pieces::Text;
use crate::extract::doc::runs::Runs;
use crate::extract::doc::sprm::{self, prls};
use crate::extract::doc::styles::Styles;
use crate::extract::le::u16_at;
use std::collections::BTreeMap;

/// What the characters of the text are, by their position.
#[derive(Debug, Default)]
pub struct Characters {
    /// Whether it is shown: neither hidden nor deleted under tracked changes.
    shown: Vec<bool>,
    /// Where its picture lies in the stream `Data`.
    pub pictures: BTreeMap<usize, usize>,
    /// The font and the code of its symbol.
    pub symbols: BTreeMap<usize, (u16, u16)>,
}

/// What the modifiers of a run make of its characters.
#[derive(Debug, Default, Clone, Copy)]
struct Effect {
    hidden: bool,
    deleted: bool,
    data: bool,
    picture: Option<u32>,
    symbol: Option<(u16, u16)>,
}

impl Characters {
    /// Lays the runs over the text.
    pub fn read(text: &Text, runs: &Runs, styles: &Styles) -> Self {
        let mut characters = Characters { shown: vec![true; text.units.len()], ..Characters::default() };
        for piece in &text.pieces {
            let end = piece.fc_of(piece.cps.end);
            for run in runs.within(piece.fc..end) {
                let effect = effect(run.modifiers, &piece.modifiers, styles);
                let first = piece.cps.start + run.start.saturating_sub(piece.fc) / piece.width;
                let last = piece.cps.start + run.end.min(end).saturating_sub(piece.fc).div_ceil(piece.width);
                characters.lay(effect, first..last.min(piece.cps.end), &text.units);
            }
        }
        characters
    }

    /// Whether the character is shown.
    pub fn shown(&self, cp: usize) -> bool {
        self.shown.get(cp).copied().unwrap_or(false)
    }

    fn lay(&mut self, effect: Effect, cps: std::ops::Range<usize>, units: &[u16]) {
        const PICTURE: u16 = 0x01;
        const SYMBOL: u16 = 0x28;
        if effect.hidden || effect.deleted {
            if let Some(shown) = self.shown.get_mut(cps) {
                shown.fill(false);
            }
            return;
        }
        if effect.picture.is_none() && effect.symbol.is_none() {
            return;
        }
        for cp in cps {
            match (units.get(cp), effect.picture, effect.symbol) {
                (Some(&PICTURE), Some(at), _) if !effect.data => {
                    self.pictures.insert(cp, usize::try_from(at).unwrap_or(usize::MAX));
                }
                (Some(&SYMBOL), _, Some(symbol)) => {
                    self.symbols.insert(cp, symbol);
                }
                _ => {}
            }
        }
    }
}

fn effect(direct: &[u8], by_piece: &[u8], styles: &Styles) -> Effect {
    let mut effect = Effect::default();
    let mut style_hides = false;
    for prl in prls(direct).chain(prls(by_piece)) {
        match prl.code {
            sprm::C_STYLE => {
                style_hides = styles.hides(prl.word());
                effect.hidden = style_hides;
            }
            sprm::C_HIDDEN => {
                // A switch relative to the style ([MS-DOC] 2.9.327 ToggleOperand).
                effect.hidden = match prl.byte() {
                    0x80 => style_hides,
                    0x81 => !style_hides,
                    value => value != 0,
                }
            }
            sprm::C_DELETED => effect.deleted = prl.on(),
            sprm::C_DATA => effect.data = prl.on(),
            sprm::C_PICTURE => effect.picture = Some(prl.long()),
            sprm::C_SYMBOL => effect.symbol = u16_at(prl.operand, 0).zip(u16_at(prl.operand, 2)),
            _ => {}
        }
    }
    effect
}
