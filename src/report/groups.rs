//! Who stands together in a table: townships, and within them a 中心校 with the schools that it reports for.

use crate::model::findings::SchoolFindings;
use crate::report::view::View;

/// The schools of a township.
pub struct Township<'a> {
    /// Its name, as the roster has it.
    pub name: &'a str,
    /// Its 中心校 with their schools; schools on their own come last, together.
    pub clusters: Vec<Cluster<'a>>,
}

/// A 中心校 and the schools that it reports for, or schools on their own.
pub struct Cluster<'a> {
    /// Code of the 中心校, none for schools on their own.
    pub centre: Option<&'a str>,
    /// The schools, the 中心校 first, then in the roster's order.
    pub schools: Vec<&'a SchoolFindings>,
}

impl<'a> Township<'a> {
    /// All its schools.
    pub fn schools(&self) -> impl Iterator<Item = &'a SchoolFindings> {
        self.clusters.iter().flat_map(|c| c.schools.iter().copied())
    }
}

/// The townships, in the order in which the roster first names them.
pub fn townships<'a>(view: &View<'a>) -> Vec<Township<'a>> {
    let mut townships: Vec<Township<'a>> = Vec::new();
    for school in &view.findings.schools {
        let name = school.school.township.as_str();
        let at = townships.iter().position(|t| t.name == name).unwrap_or_else(|| {
            townships.push(Township { name, clusters: Vec::new() });
            townships.len() - 1
        });
        let clusters = &mut townships[at].clusters;
        let centre = view.centre(school);
        match clusters.iter_mut().find(|c| c.centre == centre) {
            Some(cluster) => cluster.schools.push(school),
            None => clusters.push(Cluster { centre, schools: vec![school] }),
        }
    }
    for township in &mut townships {
        township.clusters.sort_by_key(|c| c.centre.is_none());
        for cluster in &mut township.clusters {
            let centre = cluster.centre;
            cluster.schools.sort_by_key(|s| Some(s.school.code.as_str()) != centre);
        }
    }
    townships
}
