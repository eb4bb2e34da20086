use rstest::rstest;

use super::*;

fn disk(mount: &str, file_system: &str) -> Disk {
    Disk {
        mount: PathBuf::from(mount),
        name: String::new(),
        file_system: file_system.into(),
        removable: false,
        read_only: false,
        free: 1 << 40,
    }
}

/// What is said of a path on a computer with these disks, on which these files lie.
fn judged(path: &str, disks: &[Disk], files: &[&str], is_mac: bool) -> Option<(PlaceKind, String)> {
    let home = if is_mac { "/Users/ana" } else { "/home/ana" };
    let names = |folder: &Path| -> Vec<String> {
        let names = files.iter().filter_map(|file| {
            let mut below = Path::new(file).strip_prefix(folder).ok()?.components();
            Some(below.next()?.as_os_str().to_string_lossy().into_owned())
        });
        names.collect()
    };
    let around = Surroundings { disks, home: Some(Path::new(home)), is_mac, names: &names };
    judge(Path::new(path), &around)
}

fn cloud(path: &str, files: &[&str], is_mac: bool) -> Option<String> {
    let (kind, name) = judged(path, &[disk("/", "ext4")], files, is_mac)?;
    assert_eq!(kind, PlaceKind::Cloud, "{path}");
    Some(name)
}

#[rstest]
#[case::dropbox("/home/ana/Dropbox/c.cairn", "Dropbox")]
#[case::dropbox_of_work("/home/ana/Dropbox (Peers Inc)/cards/c.cairn", "Dropbox")]
#[case::onedrive("/Users/ana/OneDrive/c.cairn", "OneDrive")]
#[case::onedrive_of_an_organisation("/Users/ana/OneDrive - Alameda County/c.cairn", "OneDrive")]
#[case::onedrive_on_a_mac("/Users/ana/Library/CloudStorage/OneDrive-Personal/c.cairn", "OneDrive")]
#[case::icloud("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/c.cairn", "iCloud Drive")]
#[case::icloud_on_windows("/c/Users/ana/iCloudDrive/c.cairn", "iCloud Drive")]
#[case::google_drive("/home/ana/Google Drive/c.cairn", "Google Drive")]
#[case::google_on_a_mac(
    "/Users/ana/Library/CloudStorage/GoogleDrive-ana@example.org/My Drive/c.cairn",
    "Google Drive"
)]
#[case::nextcloud("/home/ana/Nextcloud/c.cairn", "Nextcloud")]
#[case::owncloud("/home/ana/ownCloud/c.cairn", "ownCloud")]
#[case::pcloud("/home/ana/pCloudDrive/c.cairn", "pCloud")]
#[case::box_sync("/home/ana/Box Sync/c.cairn", "Box")]
#[case::box_at_home("/home/ana/Box/c.cairn", "Box")]
fn a_clouds_folder_is_known_by_its_name(#[case] path: &str, #[case] name: &str) {
    assert_eq!(cloud(path, &[], false).as_deref(), Some(name));
}

#[rstest]
#[case::syncthing("/srv/shared/.stfolder/x", "Syncthing")]
#[case::nextcloud_anywhere("/srv/shared/.sync_1a2b3c.db", "Nextcloud or ownCloud")]
#[case::owncloud_of_old("/srv/shared/._sync_1a2b3c.db", "Nextcloud or ownCloud")]
#[case::owncloud_log("/srv/shared/.owncloudsync.log", "Nextcloud or ownCloud")]
#[case::dropbox_moved("/srv/shared/.dropbox.cache/x", "Dropbox")]
fn a_clouds_folder_is_known_by_what_lies_in_its_root(#[case] file: &str, #[case] name: &str) {
    let found = cloud("/srv/shared/cards/deep/c.cairn", &[file], false);
    assert_eq!(found.as_deref(), Some(name));
    assert_eq!(cloud("/srv/other/c.cairn", &[file], false), None, "not beside it");
}

#[rstest]
#[case::own_place("/home/ana/.local/share/Cairn/collection.cairn")]
#[case::a_word_within_a_name("/home/ana/my-dropbox-notes/c.cairn")]
#[case::a_name_that_goes_on("/home/ana/Boxes/c.cairn")]
#[case::a_box_elsewhere("/srv/box/c.cairn")]
#[case::a_sync_without_a_mark("/home/ana/Sync/c.cairn")]
#[case::documents_without_icloud("/home/ana/Documents/c.cairn")]
fn an_ordinary_folder_is_not_suspected(#[case] path: &str) {
    assert_eq!(judged(path, &[disk("/", "ext4")], &[], false), None);
}

#[test]
fn desktop_and_documents_of_a_mac_are_icloud_when_they_lie_there() {
    let there = ["/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/Documents/x"];
    let documents = "/Users/ana/Documents/cards/c.cairn";
    assert_eq!(cloud(documents, &there, true).as_deref(), Some("iCloud Drive"));
    assert_eq!(cloud("/Users/ana/Desktop/c.cairn", &there, true), None, "only what is there");
    assert_eq!(cloud(documents, &[], true), None);
}

#[rstest]
#[case("nfs4", true)]
#[case("cifs", true)]
#[case("smbfs", true)]
#[case("afpfs", true)]
#[case("webdav", true)]
#[case("9p", true)]
#[case("fuse.sshfs", true)]
#[case("fuse.rclone", true)]
#[case("ext4", false)]
#[case("APFS", false)]
#[case("NTFS", false)]
#[case("fuseblk", false)]
fn a_network_drive_is_known_by_its_file_system(#[case] file_system: &str, #[case] far: bool) {
    let disks = [disk("/", "ext4"), disk("/mnt/nas", file_system)];
    let found = judged("/mnt/nas/c.cairn", &disks, &[], false);
    assert_eq!(found.is_some_and(|(kind, _)| kind == PlaceKind::Network), far);
    assert_eq!(judged("/mnt/nasty/c.cairn", &disks, &[], false), None, "a mount is a whole name");
}

#[test]
fn a_path_of_another_computer_is_a_network_drive() {
    for path in [r"\\server\share\c.cairn", r"\\?\UNC\server\share\c.cairn"] {
        let found = judged(path, &[], &[], false);
        assert!(found.is_some_and(|(kind, _)| kind == PlaceKind::Network), "{path}");
    }
    assert_eq!(judged(r"\\?\C:\Users\ana\c.cairn", &[], &[], false), None);
}

#[test]
fn network_drives_are_read_from_the_table_of_mounts() {
    let table = "/dev/sda1 / ext4 rw 0 0\nnas:/x /mnt/my\\040nas nfs4 ro,relatime 0 0\nbroken\n";
    let found: Vec<Disk> = disk::network_mounts(table).collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].mount.as_path(), found[0].read_only), (Path::new("/mnt/my nas"), true));
}

#[rstest]
#[case("/dev/sda1", "/dev/sda2", true)]
#[case("/dev/sda1", "/dev/sdb1", false)]
#[case("/dev/nvme0n1p1", "/dev/nvme0n1p3", true)]
#[case("/dev/nvme0n1p1", "/dev/nvme1n1p1", false)]
#[case("/dev/disk3s1s1", "/dev/disk3s5", true)]
#[case("/dev/disk3s1", "/dev/disk4s1", false)]
#[case("/dev/mapper/a", "/dev/mapper/b", false)]
#[case("", "", false)]
fn parts_of_one_device_are_one_disk(#[case] one: &str, #[case] other: &str, #[case] same: bool) {
    let named = |name: &str, mount: &str| Disk { name: name.into(), ..disk(mount, "ext4") };
    assert_eq!(named(one, "/a").is_same_device(&named(other, "/b")), same);
}

#[test]
fn the_words_say_why_and_what_to_do_instead() {
    let cloud = in_words(PlaceKind::Cloud, "Dropbox".into());
    assert!(cloud.reason.contains("Dropbox") && cloud.reason.contains("half-copied"), "{cloud:?}");
    assert!(cloud.better.contains("backups"), "{cloud:?}");
    let network = in_words(PlaceKind::Network, "a network drive (nfs4)".into());
    assert!(network.reason.contains("nfs4") && network.better.contains("backups"), "{network:?}");
}

#[test]
fn a_link_into_a_cloud_is_in_the_cloud() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("Dropbox/cards");
    std::fs::create_dir_all(&inside).unwrap();
    assert_eq!(warning(&inside.join("c.cairn")).unwrap().name, "Dropbox");
    assert!(backup_folder_note(&inside).unwrap().contains("fine"));
    #[cfg(unix)]
    {
        let link = folder.path().join("cards");
        std::os::unix::fs::symlink(&inside, &link).unwrap();
        assert_eq!(warning(&link.join("not/there/c.cairn")).unwrap().name, "Dropbox");
    }
}
