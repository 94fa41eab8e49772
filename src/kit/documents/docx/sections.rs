//! Sections: paper, margins, page numbers, and what stands in the margins.

use super::{
    NAMES, Package,
    xml::{Xml, points, twips},
};
use crate::kit::documents::layout::{Line, Section, Span};

impl Package<'_> {
    /// The end of a section says what its pages are like; the last one's stands by itself.
    pub fn end_section(&mut self, at: usize, section: &Section, is_last: bool) {
        let number = at + 1;
        let (header, first_header) = (format!("header{number}"), format!("headerFirst{number}"));
        let first_footer = format!("footerFirst{number}");
        self.margin(&header, "w:hdr", |package| package.page_number(section));
        // Each section names its first page's, or it would show those of the section before it.
        self.margin(&first_header, "w:hdr", |package| package.room(1.0, false));
        self.margin(&first_footer, "w:ftr", |package| package.foot(section));
        if !is_last {
            self.xml.open("w:p", &[]);
            self.xml.open("w:pPr", &[]);
            self.xml.empty(
                "w:spacing",
                &[
                    ("w:before", "0"),
                    ("w:after", "0"),
                    ("w:line", "20"),
                    ("w:lineRule", "exact"),
                ],
            );
        }
        let xml = &mut self.xml;
        xml.open("w:sectPr", &[]);
        for (element, kind, name) in [
            ("w:headerReference", "default", &header),
            ("w:headerReference", "first", &first_header),
            ("w:footerReference", "first", &first_footer),
        ] {
            xml.empty(element, &[("w:type", kind), ("r:id", &format!("rId_{name}"))]);
        }
        xml.val("w:type", "nextPage");
        let (width, height) = (twips(section.width), twips(section.height));
        if section.width > section.height {
            let size = [("w:w", &*width), ("w:h", &*height), ("w:orient", "landscape")];
            xml.empty("w:pgSz", &size);
        } else {
            xml.empty("w:pgSz", &[("w:w", &width), ("w:h", &height)]);
        }
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &twips(section.top)),
                ("w:right", &twips(section.right)),
                ("w:bottom", &twips(section.bottom)),
                ("w:left", &twips(section.left)),
                ("w:header", &twips(section.number_from_edge)),
                ("w:footer", &points(14.0)),
                ("w:gutter", "0"),
            ],
        );
        xml.empty("w:pgNumType", &[("w:start", "1")]);
        xml.empty("w:titlePg", &[]);
        xml.close("w:sectPr");
        if !is_last {
            xml.close("w:pPr");
            xml.close("w:p");
        }
    }

    /// A header or footer as a part of its own.
    fn margin(&mut self, name: &str, element: &str, write: impl FnOnce(&mut Self)) {
        let text = std::mem::replace(&mut self.xml, Xml::part());
        self.xml.open(element, &NAMES);
        write(self);
        self.xml.close(element);
        let margin = std::mem::replace(&mut self.xml, text);
        self.margins.push((name.to_owned(), margin.into_string()));
    }

    /// The page number in the middle, and at the right the mark of a draft.
    fn page_number(&mut self, section: &Section) {
        let measure = section.measure();
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.open("w:tabs", &[]);
        for (kind, at) in [("center", measure / 2.0), ("right", measure)] {
            self.xml.empty("w:tab", &[("w:val", kind), ("w:pos", &twips(at))]);
        }
        self.xml.close("w:tabs");
        self.xml
            .empty("w:spacing", &[("w:before", "0"), ("w:after", "0")]);
        if section.mark.is_none() {
            self.xml.val("w:jc", "center");
        }
        self.xml.close("w:pPr");
        if section.mark.is_some() {
            self.tab();
        }
        for piece in ["begin", "PAGE", "separate", "2", "end"] {
            self.xml.open("w:r", &[]);
            self.style(&Span {
                text: String::new(),
                style: section.number,
                red: false,
            });
            match piece {
                "PAGE" => self
                    .xml
                    .words("w:instrText", &[("xml:space", "preserve")], " PAGE "),
                "2" => self.xml.words("w:t", &[], piece),
                kind => self.xml.empty("w:fldChar", &[("w:fldCharType", kind)]),
            }
            self.xml.close("w:r");
        }
        if let Some(mark) = &section.mark {
            self.tab();
            self.run(mark);
        }
        self.xml.close("w:p");
    }

    fn tab(&mut self) {
        self.xml.open("w:r", &[]);
        self.xml.empty("w:tab", &[]);
        self.xml.close("w:r");
    }

    /// The foot of the first page.
    fn foot(&mut self, section: &Section) {
        if section.foot.is_empty() {
            self.room(1.0, false);
            return;
        }
        let measure = section.measure();
        self.line(&Line {
            length: measure,
            within: measure,
            above: 0.0,
        });
        for para in &section.foot {
            self.para(para);
        }
    }
}
