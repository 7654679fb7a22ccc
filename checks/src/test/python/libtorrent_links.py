"""Torrents and magnet links, made and read by libtorrent.

libtorrent_links.py make CONTENT OUT     writes OUT/v1.torrent, v2.torrent and hybrid.torrent
libtorrent_links.py show FILE...         a line each: v1 hash, v2 hash, bytes; - for what is not there
libtorrent_links.py magnets FILE         a line for each line of the file: v1 hash, v2 hash; or refused
"""
import os
import sys

import libtorrent as lt


def hashes(both):
    return (str(both.v1) if both.has_v1() else "-", str(both.v2) if both.has_v2() else "-")


def make(content, out):
    flags = {"v1": lt.create_torrent.v1_only, "v2": lt.create_torrent.v2_only, "hybrid": 0}
    for name, flag in flags.items():
        files = lt.file_storage()
        lt.add_files(files, content)
        torrent = lt.create_torrent(files, 32768, flag)
        torrent.add_tracker("udp://a.example:1/announce", 0)
        torrent.add_tracker("http://b.example/announce", 1)
        lt.set_piece_hashes(torrent, os.path.dirname(content))
        with open(os.path.join(out, name + ".torrent"), "wb") as file:
            file.write(lt.bencode(torrent.generate()))


def show(path):
    info = lt.torrent_info(path)
    files = info.files()
    size = sum(
        files.file_size(i)
        for i in range(files.num_files())
        if not files.file_flags(i) & lt.file_flags_t.flag_pad_file
    )
    print(*hashes(info.info_hashes()), size)


def magnet(link):
    try:
        print(*hashes(lt.parse_magnet_uri(link).info_hashes))
    except RuntimeError:
        print("refused")


what, *rest = sys.argv[1:]
if what == "make":
    make(*rest)
elif what == "show":
    for each in rest:
        show(each)
else:
    with open(rest[0], encoding="ascii") as lines:
        for line in lines:
            magnet(line.rstrip("\n"))
