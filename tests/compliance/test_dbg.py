import pytest, random, time
from tests.compliance.planting import *
from tests.compliance.test_clean_up import database_files
from compliance.actions import clean_up as c
from compliance.actions.redact import redact
from compliance.models import *
from contacts.actions.arrival import Person, bring_in
from groups.models import Account, User
pytestmark = pytest.mark.django_db(transaction=True)
def test_x(account, account_admin, group, other_group):
    random.seed(4)
    nums=[f"+1206{n:07d}" for n in random.sample(range(2000000,9999999),6000)]
    for i in range(0,6000,2000):
        bring_in(group,[Person(p,{"first_name":f"Name{p[3:]}q","notes":f"note {p[5:]}"},tags=("a",)) for p in nums[i:i+2000]],by=account_admin,source="upload")
    bring_in(other_group,[Person(p) for p in nums[::2]],by=account_admin,source="upload")
    victims=random.sample(nums,30)
    from django.test.utils import CaptureQueriesContext
    with CaptureQueriesContext(connection) as q: redact(account,[victims[29]],by=account_admin)
    print(len(q.captured_queries))
    for d in sorted(q.captured_queries,key=lambda d:-float(d["time"]))[:14]: print(d["time"], d["sql"][:150].replace("\n"," "), "...", d["sql"][-150:])
    for v in victims[:5]:
        t=time.time(); assert redact(account,[v],by=account_admin); print("one", time.time()-t)
    t=time.time(); assert redact(account,victims[5:29],by=account_admin); print("25", time.time()-t)
    t=time.time(); print(c.clean_up(), time.time()-t)
    if connection.vendor=='postgresql':
        pass
    data={f:f.read_bytes() for f in database_files() if f.is_file()}
    bad=[(v,str(f)) for v in victims for f,b in data.items() if v[2:].encode() in b or f"note {v[5:]}".encode() in b]
    print(len(bad), bad[:5], sum(len(b) for b in data.values()))
    assert not bad
