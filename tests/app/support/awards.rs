//! A closing conference and what follows it, brought to where a test needs it through the pages.

use super::{Browser, PDF, Page, TestApp, world::login};

/// The conference's page.
pub const CONFERENCE: &str = "/cum/cum-3/2023/hoi-nghi";

/// The result as the lead would enter it: seven of eight units present, two flags, two certificates of merit.
pub fn conference_form() -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![
        ("held_on", "27/11/2023"),
        ("place", "TP. Sơn La"),
        ("form_of_vote", "secret"),
        ("issued", "7"),
        ("collected", "7"),
        ("valid", "7"),
        ("next_lead", "lao-cai"),
        ("next_deputy", "yen-bai"),
    ];
    let present = [
        "son-la",
        "dien-bien",
        "lai-chau",
        "lao-cai",
        "yen-bai",
        "vinh-phuc",
        "hoa-binh",
    ];
    fields.extend(present.map(|unit| ("present", unit)));
    for (unit, award, votes) in [
        ("son-la", "vusta_flag", "7"),
        ("hoa-binh", "vusta_flag", "6"),
        ("yen-bai", "vusta_flag", "3"),
        ("lao-cai", "vusta_merit", "7"),
        ("phu-tho", "vusta_merit", "6"),
    ] {
        fields.extend([
            ("candidate_unit", unit),
            ("candidate_award", award),
            ("candidate_votes_for", votes),
            ("candidate_order", ""),
        ]);
    }
    fields
}

/// The form with these fields instead; a field that comes several times is changed at its `place`.
pub fn changed<'a>(
    mut fields: Vec<(&'a str, &'a str)>,
    name: &str,
    place: usize,
    value: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let field = fields.iter_mut().filter(|(known, _)| *known == name).nth(place);
    field.expect("a field of the form").1 = value;
    fields
}

/// Form fields with the version that was seen.
pub fn with_version<'a>(version: &'a str, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("version", version)];
    all.extend_from_slice(fields);
    all
}

impl TestApp {
    /// Enters the result of the conference of `cum-3` and makes it final.
    pub async fn conference(&self) {
        self.set_clock("2023-11-28 09:00");
        let lead = self.secretariat().await;
        lead.post(
            &format!("{CONFERENCE}/sua"),
            &with_version("0", &conference_form()),
        )
        .await
        .expect(303);
        lead.post(&format!("{CONFERENCE}/chot"), &[("version", "1")])
            .await
            .expect(303);
    }

    /// `/khen-thuong/{nomination}` of a unit's nomination.
    pub async fn dossier(&self, unit: &str, award: &str) -> String {
        let statement = format!(
            "select n.id::text from nominations n join units u on u.id = n.unit_id where u.slug = '{unit}' and n.award = '{award}'"
        );
        format!("/khen-thuong/{}", self.value::<String>(&statement).await)
    }

    /// Puts everything into a dossier that it needs; answers its path.
    pub async fn complete_dossier(&self, unit: &str, award: &str) -> String {
        let path = self.dossier(unit, award).await;
        let files = format!("{path}/tep");
        let officer = self.officer_of(unit).await;
        officer
            .upload(&files, "báo cáo.pdf", PDF, &[("part", "achievement_report")])
            .await
            .expect(303);
        let lead = self.secretariat().await;
        for part in ["proposal", "minutes"] {
            lead.upload(&files, "a.pdf", PDF, &[("part", part)])
                .await
                .expect(303);
        }
        path
    }

    /// Hands a complete dossier in; answers its path.
    pub async fn submitted_dossier(&self, unit: &str, award: &str) -> String {
        let path = self.complete_dossier(unit, award).await;
        let lead = self.secretariat().await;
        lead.post(&format!("{path}/trinh"), &[("version", "1")])
            .await
            .expect(303);
        path
    }

    /// Hands a complete dossier in and finds it eligible.
    pub async fn eligible(&self, unit: &str, award: &str) -> String {
        let path = self.submitted_dossier(unit, award).await;
        let office = self.standing_office().await;
        let finding = [("version", "2"), ("finding", "eligible")];
        office
            .post(&format!("{path}/tham-dinh"), &finding)
            .await
            .expect(303);
        path
    }

    /// The council passes both flags; answers the paths of their dossiers.
    pub async fn passed_flags(&self) -> [String; 2] {
        self.conference().await;
        let paths = [
            self.eligible("son-la", "vusta_flag").await,
            self.eligible("hoa-binh", "vusta_flag").await,
        ];
        self.set_clock("2024-01-18 16:00");
        let office = self.standing_office().await;
        let form = office.get("/hoi-dong/2023/phien-hop").await.expect(200);
        let session = [
            ("held_on", "18/01/2024"),
            ("members_total", "9"),
            ("members_present", "8"),
        ];
        let page = office.submit(&form, "form.council", &session).await.expect(422);
        let ids: Vec<String> = paths
            .iter()
            .map(|p| p.rsplit('/').next().unwrap().to_owned())
            .collect();
        assert!(!page.error_at("votes").is_empty());
        let mut fields = session.to_vec();
        fields.extend([("threshold_percent", "50"), ("threshold_base", "all_members")]);
        for id in &ids {
            fields.extend([("nomination", id.as_str()), ("votes_for", "8")]);
        }
        office.post("/hoi-dong/2023/phien-hop", &fields).await.expect(303);
        paths
    }

    /// Issues the decision on both flags; answers its path and its page.
    pub async fn decision(&self) -> (String, Page) {
        let paths = self.passed_flags().await;
        self.set_clock("2024-01-30 10:00");
        let office = self.standing_office().await;
        let ids: Vec<&str> = paths.iter().map(|p| p.rsplit('/').next().unwrap()).collect();
        let mut fields = decision_form("48").to_vec();
        fields.extend(ids.iter().map(|id| ("nomination", *id)));
        let path = draft_decision(&office, &fields).await;
        issue_decision(&office, &path).await;
        let page = office.get(&path).await.expect(200);
        (path, page)
    }

    /// Who works for VUSTA, for acts without a page.
    pub async fn office_actor(&self) -> cumthidua::people::Actor {
        self.actor(login::STANDING_OFFICE).await
    }
}

/// Drafts a decision with these fields; answers its path.
pub async fn draft_decision(office: &Browser<'_>, fields: &[(&str, &str)]) -> String {
    let answer = office.post("/quyet-dinh/moi", fields).await.expect(303);
    answer.location.unwrap()
}

/// Issues a decision as it was drafted.
pub async fn issue_decision(office: &Browser<'_>, path: &str) {
    office
        .post(&format!("{path}/ban-hanh"), &[("version", "1")])
        .await
        .expect(303);
}

/// A decision as typed, without whom it awards.
pub fn decision_form(number: &str) -> [(&str, &str); 8] {
    [
        ("kind", "award"),
        ("number", number),
        ("symbol", "QĐ-LHHVN"),
        ("issued_on", "30/01/2024"),
        ("signer", "Nguyễn Văn Mẫu"),
        ("signer_post", "Chủ tịch"),
        ("title", "Về việc tặng Cờ thi đua năm 2023"),
        ("bases", "Căn cứ Luật Thi đua, khen thưởng;"),
    ]
}
