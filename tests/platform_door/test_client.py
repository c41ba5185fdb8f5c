"""Submitting to a CyberTipline on loopback that is well, and to one that fails in every way."""

from __future__ import annotations

import hashlib
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from tests.platform_door.conftest import client_of
from tests.platform_door.cybertipline import CyberTipline, schema
from tests.reports.cases import sample_case
from throwline.platform import (
    PRODUCTION,
    SCHEMA_SHA256,
    TEST,
    Credentials,
    CredentialsError,
    CyberTipClient,
    MismatchError,
    NotConfirmedError,
    NotReachedError,
    PlatformError,
    Receipt,
    RefusedError,
    Service,
    State,
    UnknownOutcomeError,
    ask_at_terminal,
    load_receipt,
    save_receipt,
)
from throwline.platform._answer import read_answer
from throwline.reports import FileDetails, cybertip, esp_from

REPORT = cybertip(
    sample_case(), esp_from('platform = "ExampleChat"\n[reporter]\nemail = "safety@chat.example"\n')
).xml
FAULTS = ("http 500", "http 502", "hang up", "half", "garbage", "lost")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / 'odd "näme".bin'
    path.write_bytes(b"made-up bytes\r\n--not a boundary\r\n" * 100_000)
    return path


def test_the_whole_way(service: CyberTipline, client: CyberTipClient, file: Path) -> None:
    client.status()
    receipt = client.submit(REPORT)
    assert receipt.state is State.OPEN
    assert receipt.report_id == 7_000_000
    receipt = client.upload(receipt, file)
    (uploaded,) = receipt.files
    assert uploaded.fault is None
    details = FileDetails(
        original_name="a.bin", viewed=False, relevance="Reported", annotations=("viral",)
    )
    receipt = client.file_details(receipt, uploaded, details)
    receipt = client.finish(receipt)
    assert receipt.state is State.FINISHED
    kept = service.reports[7_000_000]
    assert kept.xml == REPORT
    assert list(kept.files.values()) == [file.read_bytes()]
    assert kept.names == [file.name]
    assert kept.details[str(uploaded.file_id)].findtext("fileViewedByEsp") == "false"
    assert kept.state == "finished"
    with pytest.raises(PlatformError, match="is finished: it cannot be changed"):
        client.retract(receipt)


def test_taken_back_before_it_is_finished(service: CyberTipline, client: CyberTipClient) -> None:
    receipt = client.retract(client.submit(REPORT))
    assert receipt.state is State.RETRACTED
    assert service.reports[7_000_000].state == "retracted"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_report_is_never_submitted_twice(
    service: CyberTipline, client: CyberTipClient, pauses: list[float], fault: str
) -> None:
    service.plays["/submit"].append(fault)
    with pytest.raises(UnknownOutcomeError, match="not known, so it is not sent again"):
        client.submit(REPORT)
    assert service.asked == ["/submit"]
    assert pauses == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_is_never_sent_twice(
    service: CyberTipline, client: CyberTipClient, file: Path, fault: str
) -> None:
    receipt = client.submit(REPORT)
    service.plays["/upload"].append(fault)
    receipt = client.upload(receipt, file)
    assert service.asked == ["/submit", "/upload"]
    assert "is not known" in str(receipt.files[0].fault)
    with pytest.raises(MismatchError, match="may not have arrived as sent"):
        client.finish(receipt)
    assert "/finish" not in service.asked


@pytest.mark.parametrize("path", ["/submit", "/upload"])
def test_what_certainly_did_not_arrive_is_sent_again(
    service: CyberTipline, client: CyberTipClient, pauses: list[float], file: Path, path: str
) -> None:
    service.plays[path] += ["http 503", "http 429"]
    receipt = client.upload(client.submit(REPORT), file)
    assert receipt.files[0].fault is None
    assert len(service.reports) == 1
    assert len(service.reports[7_000_000].files) == 1
    assert 1 <= pauses[0] <= 1.5
    assert 2 <= pauses[1] <= 3


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("path", ["/finish", "/retract"])
def test_what_can_be_repeated_is(
    service: CyberTipline, client: CyberTipClient, pauses: list[float], path: str, fault: str
) -> None:
    receipt = client.submit(REPORT)
    service.plays[path] += [fault, fault]
    done = client.finish(receipt) if path == "/finish" else client.retract(receipt)
    assert done.state is (State.FINISHED if path == "/finish" else State.RETRACTED)
    assert service.reports[7_000_000].state == done.state
    assert service.asked == ["/submit", path, path, path]
    assert len(pauses) == 2


def test_a_service_that_is_silent(service: CyberTipline) -> None:
    client = client_of(service, timeout=1)
    service.plays["/submit"].append("hang")
    with pytest.raises(UnknownOutcomeError, match="it took too long"):
        client.submit(REPORT)
    assert service.asked == ["/submit"]
    service.plays["/status"].append("hang")
    client.status()
    assert service.asked == ["/submit", "/status", "/status"]


def test_after_five_tries_it_says_so(
    service: CyberTipline, client: CyberTipClient, pauses: list[float]
) -> None:
    service.plays["/status"] += ["http 500"] * 9
    with pytest.raises(RefusedError, match="HTTP 500 and nothing that can be read"):
        client.status()
    assert len(service.asked) == 5
    assert [round(p) for p in pauses] == sorted(round(p) for p in pauses)
    receipt = client.submit(REPORT)
    service.plays["/finish"] += ["hang up"] * 9
    with pytest.raises(UnknownOutcomeError, match="no answer to /finish"):
        client.finish(receipt)


def test_a_service_that_is_not_there(pauses: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    nowhere = Service("test", f"http://127.0.0.1:{port}/ispws")
    client = CyberTipClient(Credentials("a", "b"), nowhere, sleep=pauses.append)
    for doing in (client.status, lambda: client.submit(REPORT)):
        pauses.clear()
        with pytest.raises(NotReachedError, match="could not be reached"):
            doing()
        assert len(pauses) == 4


def test_wrong_md5(service: CyberTipline, client: CyberTipClient, file: Path) -> None:
    service.plays["/upload"].append("wrong md5")
    receipt = client.upload(client.submit(REPORT), file)
    assert "received other bytes" in str(receipt.files[0].fault)
    with pytest.raises(MismatchError, match="Retract this report"):
        client.finish(receipt)
    assert client.retract(receipt).state is State.RETRACTED


def test_credentials_that_are_not_accepted(service: CyberTipline) -> None:
    client = client_of(service, password="other")
    for doing in (client.status, lambda: client.submit(REPORT)):
        with pytest.raises(CredentialsError, match="does not accept the credentials"):
            doing()
    assert not service.reports


def test_credentials_come_from_the_environment_and_stay_out_of_sight() -> None:
    given = {"THROWLINE_CYBERTIP_TEST_USER": "a", "THROWLINE_CYBERTIP_TEST_PASSWORD": "secret"}
    found = Credentials.from_environment(TEST, given)
    assert found == Credentials("a", "secret")
    assert "secret" not in repr(found)
    with pytest.raises(CredentialsError, match="THROWLINE_CYBERTIP_PRODUCTION_USER and THROW"):
        Credentials.from_environment(PRODUCTION, given)


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "server.pem"))
    service = CyberTipline(context)
    try:
        with pytest.raises(NotReachedError, match="certificate verify failed"):
            client_of(service).submit(REPORT)
        assert service.asked == []
    finally:
        service.close()


def self_signed(path: Path) -> Path:
    """A key and a certificate for 127.0.0.1 that no authority signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def test_credentials_go_to_no_plain_address() -> None:
    with pytest.raises(PlatformError, match="is no https address"):
        CyberTipClient(Credentials("a", "b"), Service("test", "http://exttest.cybertip.org/ispws"))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (1000, "its server failed"),
        (3100, "may not submit"),
        (4100, "does not fit the schema"),
        (9999, "not known here"),
    ],
)
def test_codes_become_sentences(
    service: CyberTipline, client: CyberTipClient, code: int, says: str
) -> None:
    service.plays["/submit"].append(f"code {code}")
    with pytest.raises(RefusedError, match=says) as error:
        client.submit(REPORT)
    assert error.value.code == code
    assert "Its number for this request is req-7." in str(error.value)


def test_a_schema_that_changed(service: CyberTipline, client: CyberTipClient) -> None:
    service.plays["/submit"].append("newer")
    assert client.submit(REPORT).report_id == 7_000_000
    service.xsd = b"<xs:schema/>"
    assert client.schema() == b"<xs:schema/>"
    if schema() is not None:
        with pytest.raises(
            RefusedError, match=r"does not fit the schema.*it says: Validation failed"
        ):
            client.submit(REPORT.replace(b"incidentSummary", b"incidentSummery"))


def test_the_schema_known_here_is_the_one_reports_are_tested_with(service: CyberTipline) -> None:
    if schema() is None:
        pytest.skip("the schema is not beside the project")
    assert hashlib.sha256(client_of(service).schema()).hexdigest() == SCHEMA_SHA256


def test_an_answer_without_a_number(service: CyberTipline, client: CyberTipClient) -> None:
    service.plays["/submit"].append("code 0")
    with pytest.raises(UnknownOutcomeError, match="names no report"):
        client.submit(REPORT)


ANSWER = (
    b"<reportResponse><responseCode>0</responseCode><responseDescription>Success</responseDescription>"
    b"<reportId>12</reportId><fileId>0a1b</fileId><hash>FF</hash></reportResponse>"
)


def test_answers() -> None:
    answer = read_answer(ANSWER)
    assert answer is not None
    assert (answer.code, answer.report_id, answer.file_id, answer.md5) == (0, 12, "0a1b", "ff")
    for body in (
        b"",
        b"<html/>",
        ANSWER.replace(b">0<", b">zero<"),
        ANSWER.replace(b"0a1b", b"../x"),
        ANSWER.replace(b"12", b"1.5"),
        b"<!DOCTYPE a>" + ANSWER,
        ANSWER.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="cp037"?>' + ANSWER + b"<x>",
    ):
        assert read_answer(body) is None


@given(st.binary(max_size=200), st.integers(0, len(ANSWER)))
def test_foreign_bytes_are_no_answer_or_one(body: bytes, place: int) -> None:
    read_answer(body)
    read_answer(ANSWER[:place] + body + ANSWER[place:])


def test_nobody_confirmed(service: CyberTipline, client: CyberTipClient) -> None:
    receipt = client.submit(REPORT)
    asked: list[tuple[str, str]] = []

    def refuse(question: str, word: str) -> bool:
        asked.append((question, word))
        return False

    with pytest.raises(NotConfirmedError):
        client_of(service, confirm=refuse).finish(receipt)
    # The default asks at a terminal, and a test has none.
    with pytest.raises(NotConfirmedError):
        client_of(service, confirm=ask_at_terminal).finish(receipt)
    assert "/finish" not in service.asked
    assert asked == [(asked[0][0], "7000000")]
    assert "cannot be changed or taken back" in asked[0][0]


def test_a_finished_report_that_lacks_a_file(
    service: CyberTipline, client: CyberTipClient, file: Path
) -> None:
    receipt = client.upload(client.submit(REPORT), file)
    service.reports[7_000_000].files.clear()
    with pytest.raises(MismatchError, match="1 of its files are not in it"):
        client.finish(receipt)


def test_what_is_no_report_is_not_sent(service: CyberTipline, client: CyberTipClient) -> None:
    for xml, says in (
        (b"<report>", "no well-formed XML"),
        (b"<fileDetails/>", "is no report"),
        (b'<!DOCTYPE report [<!ENTITY a "a">]><report>&a;</report>', "has a document type"),
    ):
        with pytest.raises(PlatformError, match=says):
            client.submit(xml)
    assert service.asked == []


def test_files_that_cannot_be_sent(
    service: CyberTipline, client: CyberTipClient, tmp_path: Path
) -> None:
    receipt = client.submit(REPORT)
    (tmp_path / "empty").touch()
    for path, says in ((tmp_path / "empty", "is empty"), (tmp_path / "gone", "cannot be read")):
        with pytest.raises(PlatformError, match=says):
            client.upload(receipt, path)
    assert service.asked == ["/submit"]


def test_receipts_belong_to_a_service(client: CyberTipClient) -> None:
    receipt = replace(client.submit(REPORT), service="production")
    with pytest.raises(PlatformError, match="at the production service, not at the test one"):
        client.finish(receipt)
    unknown = replace(receipt, service="test", state=State.UNKNOWN, report_id=None)
    with pytest.raises(PlatformError, match="is not known, nor its number"):
        client.retract(unknown)


def test_the_rule_of_deletion() -> None:
    opened = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    receipt = Receipt("test", State.OPEN, 1, opened, opened)
    assert receipt.deleted_at == opened + timedelta(hours=24)
    assert "(24 h 0 min from now)" in receipt.deadline(opened)
    late = replace(receipt, changed_at=opened + timedelta(hours=23, minutes=30))
    assert late.deleted_at == opened + timedelta(hours=24, minutes=30)
    assert "before 2026-03-03 12:30 UTC (0 h 30 min" in late.deadline(opened + timedelta(hours=24))
    assert "was not finished in time" in late.deadline(opened + timedelta(hours=25))


def test_receipts_are_kept(client: CyberTipClient, file: Path, tmp_path: Path) -> None:
    receipt = client.upload(client.submit(REPORT), file)
    save_receipt(receipt, tmp_path / "receipt.json")
    assert load_receipt(tmp_path / "receipt.json") == receipt
    for content in (b"", b"[]", b"{}", b'{"format": "throwline-cybertip-receipt", "version": 1}'):
        (tmp_path / "other.json").write_bytes(content)
        with pytest.raises(PlatformError, match="is no receipt"):
            load_receipt(tmp_path / "other.json")
    with pytest.raises(PlatformError, match="cannot be read"):
        load_receipt(tmp_path / "none.json")
    with pytest.raises(PlatformError, match="cannot be written"):
        save_receipt(receipt, tmp_path / "none" / "receipt.json")
