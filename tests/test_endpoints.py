"""Named endpoints, where credentials come from, and whom TLS trusts."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
from pathlib import Path

import pytest
from conftest import module
from servers import server
from test_remote import QUERY, says

from gba_kg import errors
from gba_kg.cli import main
from gba_kg.remote import Endpoint, endpoint
from gba_kg.remote.credentials import credentials
from gba_kg.remote.publish_server import Server
from gba_kg.remote.transport import Limits

SECRET = "s3cret-word"
HEAD = '[endpoints.mine]\nurl = "https://example.org/sparql"\n'


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("GBA_KG_CONFIG", str(path))
    return path


def test_a_name_stands_for_all_that_the_file_says(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MY_USER", "ada")
    monkeypatch.setenv("MY_PASSWORD", SECRET)
    monkeypatch.setenv("GBA_KG_USER", "somebody-else")
    monkeypatch.setenv("GBA_KG_PASSWORD", "x")
    with server(says("200 OK")) as (url, seen):
        config.write_text(
            f'[endpoints.other]\nurl = "https://example.org/"\n\n[endpoints.mine]\nurl = "{url}"\ngraph = "urn:g"\n'
            'user-variable = "MY_USER"\npassword-variable = "MY_PASSWORD"\ntimeout = 7.5\nca-file = "ca.pem"\n'
        )
        made = endpoint("mine")
        assert (made.limits.seconds, made.limits.ca_file) == (7.5, config.parent / "ca.pem")
        assert SECRET not in repr(made)
        assert main(["query", "--text", QUERY, "--endpoint", "mine"]) == 0
    assert b"Authorization: Basic " + base64.b64encode(f"ada:{SECRET}".encode()) in seen[0]
    assert b"default-graph-uri=urn%3Ag" in seen[0]
    shown = capsys.readouterr()
    assert SECRET not in shown.out + shown.err


def test_options_go_before_the_file(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with server(lambda _: None) as (url, seen):
        config.write_text(f'[endpoints.mine]\nurl = "{url}"\ngraph = "urn:g"\ntimeout = 60\n')
        words = ["query", "--text", QUERY, "--endpoint", "mine", "--graph", "urn:h", "--timeout", "0.3"]
        assert main(words) == 3
    assert b"urn%3Ah" in seen[0]
    assert b"urn%3Ag" not in seen[0]
    assert "broke in the middle" in capsys.readouterr().err


def test_the_file_is_looked_for_where_the_system_has_such_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GBA_KG_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert main(["query", "measures", "--endpoint", "mine"]) == 2
    assert f"{tmp_path / 'gba-kg' / 'config.toml'} does not exist" in capsys.readouterr().err
    (tmp_path / "gba-kg").mkdir()
    (tmp_path / "gba-kg" / "config.toml").write_text(HEAD)
    assert endpoint("mine").url == "https://example.org/sparql"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / ".config").mkdir(parents=True)
    (tmp_path / "gba-kg").rename(tmp_path / "home" / ".config" / "gba-kg")
    assert endpoint("mine").url == "https://example.org/sparql"


# What stands in the file, the place and the message.
MISTAKES = {
    "not TOML": (HEAD + "graph = \n", ":3:9", "not valid TOML"),
    "not TOML to its end": (HEAD + 'graph = "x', ":3", "not valid TOML"),
    "a secret in broken TOML": (HEAD + f'password = "{SECRET}\n', ":3", "not valid TOML"),
    "another table": ("[servers.mine]\n", ":1", "unknown key 'servers'"),
    "another key": ("\nendpoint = 1\n", ":2", "unknown key 'endpoint'"),
    "no table": ("endpoints = 3\n", "", "holds tables"),
    "unknown key": (HEAD + 'urll = "x"\n', ":3", "unknown key 'urll'"),
    "a password": (HEAD + f'\npassword = "{SECRET}"\n', ":4", "use netrc"),
    "a token": (HEAD + f'"Token" = "{SECRET}"\n', ":3", "'Token' does not belong in this file"),
    "a user": (HEAD + 'user = "ada"\n', ":3", "user-variable"),
    "a password for a name": (
        HEAD + f'user-variable = "U"\npassword-variable = "{SECRET}"\n',
        ":4",
        "the name of a var",
    ),
    "a password in the URL": (HEAD.replace("//", f"//ada:{SECRET}@"), ":2", "carries credentials"),
    "not http": (HEAD.replace("https", "ftp"), ":2", "not an http or https URL"),
    "no url": ("[endpoints.mine]\n", ":1", "'url' is missing"),
    "url of another type": ("[endpoints.mine]\nurl = 3\n", ":2", "'url' is not text"),
    "half of the credentials": (HEAD + 'user-variable = "U"\n', ":1", "go together"),
    "no time": (HEAD + "timeout = 0\n", ":3", "'timeout' is not seconds"),
    "endless": (HEAD + "timeout = inf\n", ":3", "'timeout' is not seconds"),
    "time of another type": (HEAD + "timeout = true\n", ":3", "'timeout' is not seconds"),
    "in another endpoint": (HEAD + "[endpoints.other]\n", ":3", "endpoint 'other': 'url' is missing"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_file_is_told_with_its_line(
    name: str, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, place, message = MISTAKES[name]
    config.write_text(text)
    word = "mine"
    if name in ("no table", "another key", "another table"):
        word = "x"
    assert main(["query", "measures", "--endpoint", word]) == 2
    told = capsys.readouterr().err
    assert re.search(rf"{re.escape(str(config) + place)}(:\d+)*: .*{re.escape(message)}", told), told
    assert SECRET not in told


def test_an_unknown_name_is_told_with_the_known_ones(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(HEAD)
    assert main(["query", "measures", "--endpoint", "mime"]) == 2
    assert f"no endpoint 'mime' in {config} (it has mine)" in capsys.readouterr().err
    config.unlink()
    assert main(["query", "measures", "--endpoint", "mine"]) == 2
    assert str(config) in capsys.readouterr().err


def test_variables_that_a_file_names_must_be_set(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text(HEAD + 'user-variable = "MY_USER"\npassword-variable = "MY_PASSWORD"\n')
    monkeypatch.setenv("MY_USER", "ada")
    monkeypatch.delenv("MY_PASSWORD", raising=False)
    with pytest.raises(errors.UsageError, match="from MY_PASSWORD, which is not set"):
        endpoint("mine").select(QUERY)


def test_netrc_gives_the_credentials_of_its_host_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text(f"machine example.org login ada password {SECRET}\ndefault login eve password x\n")
    monkeypatch.setenv("NETRC", str(file))
    assert credentials("https://example.org:8443/sparql") == ("ada", SECRET)
    assert credentials("https://example.com/") == (None, None)
    monkeypatch.setenv("GBA_KG_USER", "bob")
    monkeypatch.setenv("GBA_KG_PASSWORD", "y")
    assert credentials("https://example.org/") == ("bob", "y")


def test_netrc_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("NETRC", raising=False)
    assert credentials("https://example.org/") == (None, None)
    (tmp_path / ".netrc").write_text(f"machine example.org login ada password {SECRET}\n")
    assert credentials("https://example.org/") == ("ada", SECRET)


@pytest.mark.parametrize("text", [f"machine example.org\nlogin ada {SECRET}\n", None])
def test_a_broken_netrc_is_told_without_its_words(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "netrc"
    if text:
        file.write_text(text)
    monkeypatch.setenv("NETRC", str(file))
    assert main(["query", "measures", "--endpoint", "http://127.0.0.1:1/"]) == 2
    told = capsys.readouterr().err
    message = r":\d+: not a netrc file" if text else ": netrc cannot be read"
    assert re.search(re.escape(str(file)) + message, told)
    assert SECRET not in told


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the query nor the credentials go to them, also not those of a query over https."""
    monkeypatch.setenv("GBA_KG_USER", "ada")
    monkeypatch.setenv("GBA_KG_PASSWORD", SECRET)
    monkeypatch.setenv("no_proxy", "")
    with server(says("200 OK")) as (url, seen), server(says("200 OK")) as (between, at_proxy):
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, between)
        Endpoint(url).select(QUERY)
        with pytest.raises(errors.RemoteError):
            Endpoint(url.replace("http", "https"), limits=Limits(seconds=0.3, tries=1)).select(QUERY)
        Server(url, url).drop("urn:g")
        assert [request.partition(b" HTTP")[0] for request in seen] == [b"POST /sparql"] * 2
        assert not at_proxy


@pytest.fixture
def authority(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """The TLS of a server for 127.0.0.1, and the file of the authority that signed it and that nobody knows."""
    trustme = module("trustme")
    made = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.issue_cert("127.0.0.1").configure_cert(tls)
    made.cert_pem.write_to_path(tmp_path / "ca.pem")
    return tls, tmp_path / "ca.pem"


def test_an_unknown_certificate_is_refused(
    authority: tuple[ssl.SSLContext, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    with server(says("200 OK"), authority[0]) as (url, seen):
        assert main(["query", "--text", QUERY, "--endpoint", url]) == 3
        assert not seen
    assert "certificate is not trusted" in capsys.readouterr().err


def test_a_certificate_is_trusted_by_a_file(
    authority: tuple[ssl.SSLContext, Path], config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(says("200 OK"), authority[0]) as (url, seen):
        config.write_text(f'[endpoints.mine]\nurl = "{url}"\nca-file = "{authority[1].name}"\n')
        assert main(["query", "--text", QUERY, "--endpoint", "mine"]) == 0
        monkeypatch.setenv("SSL_CERT_FILE", str(authority[1]))
        assert main(["query", "--text", QUERY, "--endpoint", url]) == 0
        assert len(seen) == 2


def test_a_redirect_from_https_to_http_is_refused(
    authority: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same host and port, so that it is the scheme alone that makes it another origin."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority[1]))
    monkeypatch.setenv("GBA_KG_USER", "ada")
    monkeypatch.setenv("GBA_KG_PASSWORD", SECRET)

    def to_http(taken: socket.socket) -> None:
        host, port = taken.getsockname()
        says("307 Go", f"Location: http://{host}:{port}/\r\n".encode())(taken)

    with server(to_http, authority[0]) as (url, seen):
        with pytest.raises(errors.RemoteRedirectError, match="another origin"):
            Endpoint(url).select(QUERY)
        assert len(seen) == 1


def test_a_certificate_of_another_host_is_refused(
    authority: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority[1]))
    with server(says("200 OK"), authority[0]) as (url, seen):
        with pytest.raises(errors.RemoteUnreachableError, match="not trusted: Hostname mismatch"):
            Endpoint(url.replace("127.0.0.1", "localhost")).select(QUERY)
        assert not seen


@pytest.mark.parametrize("text", [None, "no certificate\n"])
def test_a_file_of_certificates_that_is_none(
    text: str | None, config: Path, authority: tuple[ssl.SSLContext, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = config.parent / "other.pem"
    if text:
        file.write_text(text)
    with server(says("200 OK"), authority[0]) as (url, _):
        config.write_text(f'[endpoints.mine]\nurl = "{url}"\nca-file = "other.pem"\n')
        assert main(["query", "--text", QUERY, "--endpoint", "mine"]) == 2
    assert f"{file}: the certificates cannot be read" in capsys.readouterr().err


def test_https_to_a_server_of_plain_http() -> None:
    def answers(listener: socket.socket) -> None:
        taken, _ = listener.accept()
        with taken:
            taken.recv(65536)
            taken.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answers, args=[listener])
        thread.start()
        with pytest.raises(errors.RemoteAnswerError, match="does not speak TLS rightly"):
            Endpoint(f"https://127.0.0.1:{listener.getsockname()[1]}/").select(QUERY)
        thread.join()
