"""Is the cause that is found for an upset call a sensible one? On the labelled calls, as text.

    python -m benchmarks.causes [--logs DIR]

Each label of a call ("double_billing") is one or two causes of the product's tree, as judged by
reading the labels, before the tree was run. A cause counts when it, or a wider one, is among them.
Press enquiries have no cause in the tree. `dev` and `train` were both looked at while the weights
of cues, signs and likeness were chosen (three numbers); no sentence of them stands in the tree.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.shared import shared_folder
from coach import app
from coach.causes import load_tree
from coach.causes.likeness import Likenesses
from coach.core.causes import complaint, find_causes
from coach.runtime.script import load_scripts
from coach.settings import load_settings
from coach.store.calllog import log_path, read_log
from models.understanding.embeddings import CustomerEmbedder

SENSIBLE: dict[str, tuple[str, ...]] = {
    "bereavement_contract_ending": ("bereavement", "contract"),
    "foreign_object_in_food": ("safety",),
    "parcel_marked_delivered_but_missing": ("delivery",),
    "spoofing_fraud": ("fraud",),
    "payment_arrears_disconnection": ("debt",),
    "tariff_change_unclear": ("price", "information"),
    "holiday_ruined_by_construction": ("travel",),
    "door_closed_on_pram": ("travel", "treatment"),
    "undeclared_allergen": ("safety",),
    "internet_outage_unresolved": ("outage",),
    "claim_rejected": ("claim",),
    "bereavement": ("bereavement",),
    "carbon_monoxide_alarm": ("safety",),
    "discrimination_at_counter": ("treatment",),
    "parcel_returned_wrong_address": ("delivery",),
    "data_missing_after_update": ("digital", "damage"),
    "medicine_no_longer_reimbursed": ("claim",),
    "flooding_weir_not_opened": ("damage", "safety"),
    "reminder_for_deceased_child": ("bereavement",),
    "tv_outage": ("outage",),
    "product_fire": ("safety", "product"),
    "funeral_bill_blocked_account": ("bereavement",),
    "mould_unresolved": ("product",),
    "job_loss_and_rent_arrears": ("debt",),
    "fine_broken_checkin_post": ("fine", "travel"),
    "acute_chest_pain": ("safety",),
    "contaminated_tap_water": ("safety",),
    "car_towed_unclear_sign": ("fine",),
    "double_billing": ("billing",),
    "no_authorisation_for_parent_account": ("no_access",),
    "ticket_not_transferable": ("contract", "travel"),
    "pension_change_unclear": ("claim", "information"),
    "claim_delayed_lost_form": ("claim",),
    "flight_cancelled_no_help": ("travel",),
    "bereavement_keep_voicemail": ("bereavement",),
    "assistance_not_provided": ("travel", "promise_not_kept"),
    "benefit_clawback": ("claim", "debt"),
    "pet_damaged_book": ("damage", "fine"),
    "child_left_unattended": ("safety",),
    "worried_about_neighbour": ("safety",),
    "alarm_not_answered": ("safety", "waiting_on_line"),
    "bereavement_mail_continues": ("bereavement",),
    "press_enquiry_crowd_incident": ("safety",),
    "partner_search_refused": ("no_access", "claim"),
    "product_burst_burn": ("safety", "product"),
    "worried_about_dog": ("safety",),
    "unauthorised_purchase_by_child": ("billing", "digital"),
    "discrimination_in_application": ("treatment",),
    "sat_on_glasses": ("product", "damage"),
    "foreign_object_in_pet_food": ("safety",),
    "memorial_ring_missing": ("damage", "delivery"),
    "medication_label_error": ("safety", "damage"),
    "study_grant_clawback": ("claim", "debt"),
    "press_enquiry_escape": (),
    "repetitive_menu": ("product",),
    "car_seat_buckle_opened": ("safety", "product"),
    "patient_transport_late": ("travel",),
    "press_enquiry_recall": (),
    "newspaper_not_delivered": ("delivery",),
    "press_enquiry_care_incident": (),
    "discrimination_room_refused": ("treatment",),
    "instrument_broken_before_concert": ("product", "damage"),
    "allergic_reaction_hair_dye": ("safety",),
    "kitchen_delivery_delayed": ("delivery",),
    "debts_overwhelming": ("debt",),
    "contact_with_child_denied": ("claim", "no_access"),
    "benefit_payment_late": ("claim",),
    "van_repossessed_without_notice": ("debt",),
    "waste_not_collected": ("promise_not_kept", "product"),
    "wrong_item_delivered_repeatedly": ("delivery",),
    "misspelled_name_on_mourning_card": ("bereavement", "damage"),
    "website_out_of_order": ("digital",),
    "press_enquiry_fall_incident": (),
    "plant_died": ("product",),
    "breakdown_on_motorway": ("travel",),
    "food_poisoning": ("safety",),
    "wrong_plate_entered": ("fine", "damage"),
    "heirloom_broken_by_cleaner": ("damage",),
    "misleading_delay_message": ("information", "travel"),
    "car_moved_without_notice": ("fine", "information"),
    "roof_leak_after_installation": ("product", "damage"),
    "late_wife_belongings_cleared": ("bereavement", "damage"),
}
"""The causes that are sensible for a label; none for a journalist's question."""


def main(arguments: list[str] | None = None) -> int:
    """Find the causes, count, print, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--logs", type=Path, help="logs of `coach script`, made if they are not there"
    )
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        figures = measured(chosen.logs or Path(scratch))
    machine.keep("causes", figures)
    for name, counts in figures.items():
        shares = ", ".join(f"{key} {value}" for key, value in counts.items())
        print(f"{name}: {shares}")
    return 0


def measured(logs: Path) -> dict[str, Any]:
    """Counts of calls, with the words alone and with the model reading along."""
    tree, found = load_tree(), {}
    alike = Likenesses(CustomerEmbedder(threads=0), tree)
    for part in ("dev", "train"):
        calls = shared_folder() / "calls" / f"{part}.jsonl"
        labels = [json.loads(line) for line in calls.read_text(encoding="utf-8").splitlines()]
        _write_logs(calls, logs / part, {label["id"] for label in labels})
        for name, reader in (("words", None), ("words and model", alike)):
            counts: Counter[str] = Counter()
            for label in labels:
                told = complaint(read_log(log_path(logs / part, label["id"])))
                like = reader.of(told) if reader is not None and told.turns else None
                causes = [tree.root(one.cause) for one in find_causes(told, tree, like)]
                wanted = SENSIBLE.get(label["expect"]["root_cause"], ())
                counts.update(_judged(wanted, causes, upset=bool(told.turns)))
            found[f"{part}, {name}"] = dict(sorted(counts.items()))
    return found


def _judged(wanted: tuple[str, ...], causes: list[str], *, upset: bool) -> list[str]:
    if not wanted:
        return ["without a label", *(["without a label, given a cause"] if causes else [])]
    judged = [
        "labelled",
        *(["seen as upset"] if upset else []),
        *(["given a cause"] if causes else []),
    ]
    if causes and causes[0] in wanted:
        judged.append("first cause sensible")
    if not set(causes).isdisjoint(wanted):
        judged.append("any cause sensible")
    return judged


def _write_logs(calls: Path, out: Path, wanted: set[str]) -> None:
    if all(log_path(out, call_id).exists() for call_id in wanted):
        return
    understanding = app.load_understanding(load_settings())
    for script in load_scripts(calls, calls.parent / "turns"):
        app.run_script(script, out, understanding)


if __name__ == "__main__":
    sys.exit(main())
