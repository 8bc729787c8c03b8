import time, threading, zipfile
from dataclasses import replace
from pathlib import Path
import pytest
from bot.languages import Language
from bot.workshop.model import *
from bot.workshop.workshop import Workshop
from tests.unit.workshop.bench import *
from tests.unit.workshop.conftest import *
from tests.unit.answers.small_content import TODAY, change
EV="Соберите доказательства"

def test_stale_source(workshop):
    seen = workshop.open(TAJIK)
    workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Соберите чеки"), AIGUL)
    print(workshop.save(TAJIK, draft(seen, "кунед", "кунед!"), DILSHOD))
    assert workshop.open(TAJIK).follows != workshop.open(RUSSIAN).source_digest

def test_double(workshop):
    s=workshop.open(RUSSIAN); d=draft(s, EV, "Соберите чеки")
    workshop.save(RUSSIAN,d,AIGUL)
    assert workshop.save(RUSSIAN,d,AIGUL)==Unchanged()

def test_big_title(workshop):
    s=workshop.open(CARD)
    r=workshop.save(CARD, Draft("а"*100000, s.body, s.digest), AIGUL)
    assert not isinstance(r, Saved)
def test_big_title2(workshop):
    s=workshop.open(CARD)
    r=workshop.save(CARD, Draft("а"*5000, s.body, s.digest), AIGUL)
    assert not isinstance(r, Saved)
def test_big_comment(workshop):
    s=workshop.open(RUSSIAN)
    r=workshop.save(RUSSIAN, draft(s, "<!--", "<!-- "+"advice "*20000), AIGUL)
    assert not isinstance(r, Saved)
def test_slow(workshop):
    s=workshop.open(RUSSIAN)
    for body in ("## short\n"+"a "*100000, "## short\n"+"["*200000, "## short\n"+"**a"*60000, "## short\n"+"{"*200000, "## short\n"+"<!--"*60000,"## short\n"+" "*200000+"x", "## short\n"+"- a\n"*50000, "## short\n"+"8 "*100000, "## short\n"+"ы"*200000,"## short\n"+"a\n\n"*60000, "## short\n"+"`"*200000, "## short\n"+"&"*200000, "## short\n"+"_*"*100000, "## short\n"+">"*100000, "## short\n"+"- "*100000,"## short\n"+"!["*100000+"](" , "## short\n"+"<a "*70000, "## short\n"+"1.\n"*60000,"## short\n"+"1"*200000):
        t=time.time()
        sh=workshop.drafted(RUSSIAN, Draft("x", body, s.digest))
        t1=time.time()
        f=workshop.findings(RUSSIAN, sh)
        print(repr(body[9:15]), len(f), round(t1-t,2), round(time.time()-t1,2))
def test_unkept(workshop, folder):
    s=workshop.open(RUSSIAN)
    p=workshop.shelf.path(RUSSIAN); change(p, "доказательства","чеки")
    s=workshop.open(RUSSIAN)
    print(workshop.save(RUSSIAN, Draft(s.title,s.body,s.digest), AIGUL), workshop.unkept(RUSSIAN.subject))
    assert workshop.unkept(RUSSIAN.subject)==[]
def test_corrupt_index(workshop, folder):
    (folder.parent/".git/index").write_bytes(b"DIRCgarbage")
    try:
        print(workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Не ждите"), AIGUL))
    except BaseException as e: print(repr(e))
    assert git(folder, "rev-list","--count","HEAD")=="1"
def test_no_index(workshop, folder):
    (folder.parent/".git/index").unlink()
    print(workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Не ждите"), AIGUL))
def test_conflicted_index(workshop, folder):
    r=folder.parent
    (r/"a").write_text("1\n"); git(r,"add","a"); git(r,"commit","-qm","a")
    git(r,"checkout","-qb","o"); (r/"a").write_text("2\n"); git(r,"commit","-qam","b")
    git(r,"checkout","-q","main"); (r/"a").write_text("3\n"); git(r,"commit","-qam","c")
    try: git(r,"merge","o")
    except Exception as e: pass
    before=git(r,"status","--porcelain"); print(before)
    print(workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Не ждите"), AIGUL))
    assert git(r,"status","--porcelain")==before
def test_worktree(workshop, folder, clock, tmp_path):
    r=folder.parent
    git(r,"worktree","add","-q",str(tmp_path/"wt"),"-b","side")
    w=bench(tmp_path/"wt"/"content", clock)
    print(w.obstacle(), w.save(RUSSIAN, draft(w.open(RUSSIAN), EV, "Не ждите"), AIGUL))
    assert git(tmp_path/"wt","status","--porcelain")==""
    assert git(r,"rev-list","--count","main")=="1"; assert git(r,"rev-list","--count","side")=="2"
def test_packed_refs_v4(workshop, folder):
    r=folder.parent
    git(r,"gc","-q"); git(r,"pack-refs","--all"); git(r,"update-index","--index-version","4"); git(r,"update-index","--split-index")
    print(workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Не ждите"), AIGUL))
    assert git(r,"status","--porcelain")==""
def test_v4(workshop, folder):
    r=folder.parent
    git(r,"update-index","--index-version","4")
    print(workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Не ждите"), AIGUL))
    assert git(r,"status","--porcelain")==""
def test_sparse_flags(workshop, folder):
    r=folder.parent
    git(r,"update-index","--skip-worktree","content/values.yml"); git(r,"update-index","--assume-unchanged","content/topics.yml")
    (r/"ita").write_text("x"); git(r,"add","-N","ita")
    b=git(r,"ls-files","-v"); s=git(r,"status","--porcelain")
    print(workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Не ждите"), AIGUL))
    assert git(r,"status","--porcelain")==s
    assert git(r,"ls-files","-v")==b
def test_mode(workshop, folder):
    p=workshop.shelf.path(RUSSIAN); p.chmod(0o664)
    workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Не ждите"), AIGUL)
    assert p.stat().st_mode & 0o777 == 0o664
@pytest.mark.parametrize("v",["x"*40,"é"*40,"g"*40,"0"*40,"HEAD","refs/heads/main","../../../../../../../../../../../etc/pas", "0"*39+"\n"])
def test_versions(workshop, v):
    from bot.errors import NotFound
    with pytest.raises(NotFound): workshop.earlier(RUSSIAN, v)
def test_tree_version(workshop, folder):
    from bot.errors import NotFound
    with pytest.raises(NotFound): workshop.earlier(RUSSIAN, git(folder,"rev-parse","HEAD^{tree}"))
def test_author(workshop, folder):
    e=Editor("Evil\n\ntree <x> \x00 y", "a>b\nauthor X <y@z> 0 +0000")
    workshop.save(RUSSIAN, draft(workshop.open(RUSSIAN), EV, "Не ждите", remark="a\x00b\r\nc\x1b[31m\n\nCo-authored-by: X <x@y>"), e)
    print(repr(git(folder,"cat-file","commit","HEAD")))
    assert git(folder,"fsck","--strict")==""
def test_link(workshop, folder):
    p=workshop.shelf.path(TextId("unpaid-wages",Language.UZ)); p.unlink(); p.symlink_to("ru.md")
    print(workshop.history("unpaid-wages"), workshop.unkept("unpaid-wages"))
def test_dir(workshop, folder):
    p=workshop.shelf.path(TextId("unpaid-wages",Language.UZ)); p.unlink(); p.mkdir()
    print(workshop.open(TextId("unpaid-wages",Language.UZ)))
def test_name_sign(workshop):
    s=workshop.open(TAJIK)
    print(workshop.sign_off(TAJIK, s.digest, Editor('A "q" \\ {x}: # O\'ʼ 😀', "x")))
    print(workshop.open(TAJIK).head)
def test_empty_heading(workshop):
    s=workshop.open(TAJIK)
    for add in ("\n##\n","\n##\nfoo\n", "\n## \nfoo\n## \n"):
        print(add, [ (f.line,f.message) for f in workshop.findings(TAJIK, workshop.drafted(TAJIK, Draft(s.title, s.body+add, s.digest)))])
