//! Processes and their memory, as Linux tells them in `/proc`.

use std::fs;

use crate::Fallible;

struct Process {
    id: u32,
    parent: u32,
    group: u32,
}

/// The live processes of a group.
pub fn of_group(group: u32) -> Fallible<Vec<u32>> {
    let all = all()?.into_iter().filter(|process| process.group == group);
    Ok(all.map(|process| process.id).collect())
}

/// Proportional set size of a process and everything it has started, in MiB.
pub fn memory_mib(root: u32) -> Fallible<f64> {
    let all = all()?;
    let mut tree = vec![root];
    let mut at = 0;
    while let Some(parent) = tree.get(at).copied() {
        tree.extend(all.iter().filter(|process| process.parent == parent).map(|child| child.id));
        at += 1;
    }
    let kib: u64 = tree.into_iter().map(pss_kib).sum();
    Ok(u32::try_from(kib).map_or(f64::INFINITY, f64::from) / 1024.0)
}

/// 0 for a process that has ended meanwhile.
fn pss_kib(process: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn all() -> Fallible<Vec<Process>> {
    let ids = fs::read_dir("/proc")?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    Ok(ids
        .filter_map(|id: u32| parse(id, &fs::read_to_string(format!("/proc/{id}/stat")).ok()?))
        .collect())
}

/// `pid (name) state parent group …`; the name may hold anything. None for one that has ended.
fn parse(id: u32, stat: &str) -> Option<Process> {
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    let state = fields.next()?;
    let (parent, group) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    (state != "Z").then_some(Process { id, parent, group })
}
