//! Papers of VUSTA and of its council: who issues them, who signs.

use super::{
    super::{forms::Signer, model::Issuer},
    Desk, Prepared, Text, VUSTA, VUSTA_NAME, Wording,
};

/// The council, as it stands in the head of its papers; its name is broken before "THI ĐUA" only.
const COUNCIL: &str = "HỘI ĐỒNG THI\u{a0}ĐUA\u{a0}-\u{a0}KHEN\u{a0}THƯỞNG";
/// The council in a sentence.
pub(super) const COUNCIL_NAME: &str =
    "Hội đồng Thi đua - Khen thưởng Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam";
/// Where VUSTA sits.
const PLACE: &str = "Hà Nội";

impl Desk<'_> {
    /// A paper of VUSTA. Who signs with which power is chosen in its wording.
    pub(super) fn of_office(
        &self,
        signer: Signer,
        compose: impl Fn(&Wording) -> Text + Send + Sync + 'static,
    ) -> Prepared {
        let offered = Wording {
            issuer: VUSTA.to_owned(),
            symbol: self.kind.symbol("LHHVN"),
            place: PLACE.to_owned(),
            recipients: "Như trên\nLưu: VT, HĐTĐKT".to_owned(),
            signers: vec![signer],
            ..Wording::default()
        };
        self.prepared(None, (Issuer::Office, VUSTA_NAME), offered, compose)
    }

    /// A paper of the council, in a series of its own (Decree 30, Appendix I, II.3a).
    pub(super) fn of_council(
        &self,
        signers: Vec<Signer>,
        compose: impl Fn(&Wording) -> Text + Send + Sync + 'static,
    ) -> Prepared {
        let offered = Wording {
            parent: VUSTA.to_owned(),
            issuer: COUNCIL.to_owned(),
            symbol: self.kind.symbol("HĐTĐKT"),
            place: PLACE.to_owned(),
            recipients: "Các ủy viên Hội đồng\nLưu: VT, HĐTĐKT".to_owned(),
            signers,
            ..Wording::default()
        };
        self.prepared(
            None,
            (Issuer::Council, "Hội đồng Thi đua - Khen thưởng"),
            offered,
            compose,
        )
    }
}

/// Somebody whose name the program doesn't know.
pub(super) fn signer(powers: &str, post: &str) -> Signer {
    Signer {
        powers: powers.to_owned(),
        post: post.to_owned(),
        name: String::new(),
    }
}
