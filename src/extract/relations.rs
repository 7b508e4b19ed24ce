//! How the parts of a package refer to each other (ECMA-376-2, 6.5). External targets are known, never followed.

use crate::extract::package::{Package, PackageError};
use crate::extract::xml::{Xml, decode};

/// The relationships of one part.
#[derive(Debug, Default)]
pub struct Relations {
    all: Vec<Relation>,
}

/// A relationship to another part, or to something outside.
#[derive(Debug)]
struct Relation {
    /// The id by which the part names it.
    id: String,
    /// The last word of its type: `header`, `image` … Transitional and strict types end alike.
    kind: String,
    target: Target,
}

/// Where a relationship leads.
#[derive(Debug)]
pub enum Target {
    /// To the member of this name.
    Part(String),
    /// Out of the file.
    Outside,
}

impl Relations {
    /// The relationships of `part` (empty: of the package itself); none if it has no such part of its own.
    ///
    /// # Errors
    /// The part of relationships is there but broken.
    pub fn of(package: &Package<'_>, part: &str) -> Result<Self, PackageError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels");
        if package.member(&name).is_none() {
            return Ok(Self::default());
        }
        let bytes = package.read(&name)?;
        let text = decode(&bytes);
        let mut xml = Xml::new(&text);
        let mut all = Vec::new();
        if xml.child().is_some() {
            while let Some(e) = xml.child() {
                if let (Some(id), Some(target)) = (e.attr("Id"), e.attr("Target")) {
                    let kind = e.attr("Type").unwrap_or_default();
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                    let outside = e.attr("TargetMode").is_some_and(|m| m.eq_ignore_ascii_case("external"));
                    let target = if outside { Target::Outside } else { Target::Part(resolve(folder, &target)) };
                    all.push(Relation { id, kind, target });
                }
                xml.skip();
            }
        }
        Ok(Self { all })
    }

    /// Where the relationship of that id leads.
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.all.iter().find(|r| r.id == id).map(|r| &r.target)
    }

    /// The parts of that kind, in order, with the ids that lead to them.
    pub fn of_kind<'r>(&'r self, kind: &'r str) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.all.iter().filter_map(move |r| match &r.target {
            Target::Part(name) if r.kind == kind => Some((r.id.as_str(), name.as_str())),
            _ => None,
        })
    }
}

/// A target as a member's name: relative to the folder of the part that names it, or from the root.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_found_however_they_are_written() {
        assert_eq!(resolve("word", "media/image1.png"), "word/media/image1.png");
        assert_eq!(resolve("word", "/word/media/image1.png"), "word/media/image1.png");
        assert_eq!(resolve("word", "..\\customXml\\item1.xml"), "customXml/item1.xml");
        assert_eq!(resolve("", "../../word/./document.xml"), "word/document.xml");
    }
}
