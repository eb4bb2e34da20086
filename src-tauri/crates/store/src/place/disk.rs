//! The disks of a computer, and which of them holds a path.

use std::path::{Component, Path, PathBuf, Prefix};

/// A disk, or a part of one, that is mounted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// Where.
    pub mount: PathBuf,
    /// What the system calls it; may be empty.
    pub name: String,
    /// Its file system: `ext4`, `APFS`, `NTFS`, `nfs4` …
    pub file_system: String,
    /// Whether it can be unplugged.
    pub removable: bool,
    /// Whether it can only be read.
    pub read_only: bool,
    /// Free bytes.
    pub free: u64,
}

/// File systems of other computers, in lower case.
const NETWORK: [&str; 15] = [
    "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "webdavfs",
    "davfs", "davfs2", "9p", "sshfs",
];
/// File systems in user space that lie on this computer all the same.
const NEAR_FUSE: [&str; 6] =
    ["fuseblk", "fuse.ntfs-3g", "fuse.exfat", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"];
/// Mount points that belong to the system.
const SYSTEM: [&str; 9] = [
    "/boot",
    "/efi",
    "/snap",
    "/var/snap",
    "/run/user",
    "/proc",
    "/sys",
    "/dev",
    "/System/Volumes",
];

impl Disk {
    /// Whether it is a drive of another computer.
    pub fn is_network(&self) -> bool {
        let file_system = self.file_system.to_lowercase();
        let is_far_fuse = file_system == "fuse"
            || file_system.starts_with("fuse.") && !NEAR_FUSE.contains(&&*file_system);
        NETWORK.contains(&&*file_system) || is_far_fuse || is_unc(&self.mount)
    }

    /// Whether a person keeps things on it: a disk of this computer, and not one of the system's.
    pub(crate) fn is_for_people(&self) -> bool {
        let is_systems = SYSTEM.iter().any(|mount| self.mount.starts_with(mount));
        let is_memory = matches!(&*self.file_system, "tmpfs" | "ramfs" | "overlay" | "devtmpfs");
        !is_systems && !is_memory && !self.is_network()
    }

    /// Whether both are parts of one device: `/dev/sda1` and `/dev/sda2` break together.
    pub(crate) fn is_same_device(&self, other: &Self) -> bool {
        self.mount == other.mount
            || self.name.starts_with("/dev/") && device(&self.name) == device(&other.name)
    }
}

/// The device of a partition: `/dev/sda` of `/dev/sda1`, `/dev/nvme0n1` of `/dev/nvme0n1p2`,
/// `/dev/disk3` of `/dev/disk3s5`.
fn device(name: &str) -> &str {
    let without = name.trim_end_matches(|character: char| character.is_ascii_digit());
    let ends_in_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    match without.strip_suffix(['p', 's']) {
        Some(whole) if without.len() < name.len() && ends_in_digit(whole) => device_of_mac(whole),
        _ if without.len() < name.len() && !ends_in_digit(without) && is_lettered(without) => {
            without
        }
        _ => name,
    }
}

/// macOS nests: `/dev/disk3s1s1` is of `/dev/disk3s1`, which is of `/dev/disk3`.
fn device_of_mac(name: &str) -> &str {
    if name.starts_with("/dev/disk") && name.rfind('s') > Some("/dev/dis".len()) {
        device(name)
    } else {
        name
    }
}

/// Whether the digits after a name count partitions, as after `/dev/sda`, and not devices, as after
/// `/dev/nvme0n` or `/dev/disk`.
fn is_lettered(name: &str) -> bool {
    let short = name.trim_start_matches("/dev/");
    ["sd", "hd", "vd", "xvd"].iter().any(|start| short.starts_with(start))
}

/// A path of another computer, as Windows writes it: `\\server\share\…`.
pub(crate) fn is_unc(path: &Path) -> bool {
    let is_prefixed = path.components().next().is_some_and(|first| match first {
        Component::Prefix(prefix) => {
            matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
        }
        _ => false,
    });
    // Elsewhere such a text is one name; it may have been carried over in a setting.
    let text = path.to_string_lossy();
    let is_local = text.starts_with(r"\\?\") || text.starts_with(r"\\.\");
    is_prefixed || text.starts_with(r"\\?\UNC\") || text.starts_with(r"\\") && !is_local
}

/// The disk that holds a path: the longest mount point above it.
pub fn disk_of<'a>(path: &Path, disks: &'a [Disk]) -> Option<&'a Disk> {
    let above = disks.iter().filter(|disk| path.starts_with(&disk.mount));
    above.max_by_key(|disk| disk.mount.components().count())
}

/// The disks of this computer.
pub fn disks() -> Vec<Disk> {
    let known = sysinfo::Disks::new_with_refreshed_list_specifics(
        sysinfo::DiskRefreshKind::nothing().with_storage(),
    );
    let mut disks: Vec<Disk> = known
        .list()
        .iter()
        .map(|disk| Disk {
            mount: disk.mount_point().to_owned(),
            name: disk.name().to_string_lossy().into_owned(),
            file_system: disk.file_system().to_string_lossy().into_owned(),
            removable: disk.is_removable(),
            read_only: disk.is_read_only(),
            free: disk.available_space(),
        })
        .collect();
    // sysinfo leaves network drives of Linux out, since asking one for its room may hang. Only their
    // kind is wanted here.
    if cfg!(target_os = "linux")
        && let Ok(mounts) = std::fs::read_to_string("/proc/self/mounts")
    {
        disks.extend(network_mounts(&mounts));
    }
    disks
}

/// The network drives of a table of mounts, as Linux writes it.
pub(super) fn network_mounts(table: &str) -> impl Iterator<Item = Disk> {
    table.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        let (name, mount, file_system) = (fields.next()?, fields.next()?, fields.next()?);
        let disk = Disk {
            mount: PathBuf::from(unescape(mount)),
            name: unescape(name),
            file_system: file_system.to_owned(),
            removable: false,
            read_only: fields.next()?.split(',').any(|option| option == "ro"),
            free: 0,
        };
        disk.is_network().then_some(disk)
    })
}

/// Spaces and the like stand as `\040` in the table.
fn unescape(text: &str) -> String {
    [(r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")]
        .iter()
        .fold(text.to_owned(), |text, (code, character)| text.replace(code, character))
}
