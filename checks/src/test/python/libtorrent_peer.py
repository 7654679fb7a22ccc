"""One libtorrent peer that knows nobody but its tracker.

    libtorrent_peer.py TORRENT DIRECTORY HOST TRUSTED

Takes part with what DIRECTORY holds, listening on a port of the system's choice at HOST, prints what libtorrent
says, and leaves the swarm on SIGTERM. A tracker with TLS is believed if a certificate in TRUSTED vouches for it.
"""

import os
import signal
import sys

import libtorrent as lt

leaving = False


def leave(_signal, _frame):
    global leaving
    leaving = True


def main(torrent, directory, host, trusted):
    os.environ["SSL_CERT_FILE"] = trusted
    signal.signal(signal.SIGTERM, leave)
    kinds = lt.alert.category_t
    session = lt.session(
        {
            "listen_interfaces": host + ":0",
            "enable_dht": False,
            "enable_lsd": False,
            "enable_upnp": False,
            "enable_natpmp": False,
            "enable_outgoing_utp": False,
            "enable_incoming_utp": False,
            "proxy_type": lt.proxy_type_t.none,
            "stop_tracker_timeout": 5,
            "alert_mask": kinds.status_notification
            | kinds.error_notification
            | kinds.tracker_notification
            | kinds.connect_notification,
        },
        flags=0,  # no plug-ins: neither peer exchange nor metadata exchange
    )
    parameters = lt.add_torrent_params()
    parameters.ti = lt.torrent_info(torrent)
    parameters.save_path = directory
    handle = session.add_torrent(parameters)

    while not leaving:
        report(session)
    # A torrent that is paused says "stopped"; the reply to that is the last thing to wait for.
    handle.unset_flags(lt.torrent_flags.auto_managed)
    handle.pause()
    for _ in range(25):
        if any(isinstance(alert, (lt.tracker_reply_alert, lt.tracker_error_alert)) for alert in report(session)):
            return


def report(session):
    session.wait_for_alert(200)
    alerts = session.pop_alerts()
    for alert in alerts:
        print(type(alert).__name__, alert.message(), flush=True)
    return alerts


if __name__ == "__main__":
    main(*sys.argv[1:])
