"""Words that people use about anything: how they feel, how much, how often, and when.

A question that has such a word, and an entry that has not, may still be about the same thing.
"""

from __future__ import annotations

_LINES = """
    absolutely accept accepted accidentally actual actually admit afaik afraid afterwards ages ago ahead aint
    aka alone along alot already alright amazing amount angry annoyed annoying anyways apparently april around
    asap ashamed asked asking attempt august average avoid awake aware away awesome awful awkward
    bad badly barely basic basically beat begin behind believe bet beware big bit bloody bored boring bother
    bothered bothers brand brilliant bring brings brought bucks buddy bunch busy buy
    called calls came care careful case catch certain chance change cheers clear clearly clever close clue
    clueless colleague come comes coming common commonly comp compared complete completely complicated confused
    confusing consider constantly cool correct correctly couple crap crappy crazy curious current currently cut
    damn dare day days dead deal dear december decent decide decided definitely desperate different difficult
    down dozen drop drowning due dull dumb dunno dying
    eager earlier early easier easiest easily easy effort end ended endless enjoy enough entire entirely
    essential eventually everyday everything exact exactly excited expect expected expecting expensive
    experience explain extra extremely
    face fail fails fair fairly fall famous fancy far fast faster favourite february feel feeling feels fell
    felt few figure finally find fine finish finished finishing first fix follow forever forget forgot forth
    forward fr free frequently fresh friday friend friends frightened frustrated frustrating full fully fun
    funny fuss fuzzy fyi
    gave general generally genuinely gimme glad gosh gotcha grab grateful great greatly guess guide
    haha half hand handle hang happen happened happening happens happy hard hardly hassle hate hated hates hear
    heard heck hehe hell helpful helps heya hint hints hiya hobby hobbyist honest honestly hope hopefully
    hopeless horrible hour hours huge hurry hurt
    idea ideally ideas idiot imagine important impossible impress inside instead intend interested interesting
    involved issue issues
    january job joke judge july jump june
    keen keep keeps kept kick kind knew known knows
    lack large last late lately later latter laugh laughing lazy least leave left lemme less life likely lil
    limited listen literally little live lmao load loads local long longer look looked looking looks lose loss
    lost loud love loved low lower luck lucky
    mad madam made magic main mainly make makes making manage march massive mate matter matters mean means meant
    meanwhile mention mess messed met middle mind minor minute minutes miserable missed missing mistake mixed
    moment monday month months morning mostly
    naive name names near nearly necessarily necessary never new newest next ngl nice night nightmare nobody
    none nope normal normally nothing notice november numerous
    obvious obviously october odd often old omfg opinion opinions ordinary others otherwise ought outside outta
    overall
    pain painful panic part particular particularly past patience pay people perfect perfectly perhaps
    permanently person personal personally pick picked picky piece pissed place plain play plenty plus point
    pointless points poor popular position possibly potentially practical practically precise prefer preferred
    pretend pretty previous previously probably problem problems proceed professionally proper properly proud
    prove pull purely push put puts putting puzzled
    question questions quick quicker quickest quickly quiet quit quite
    random randomly rare rarely rate reach ready real realise realistic realistically realize reason reasonable
    reasons recent recently recommend recommended regular regularly relatively remember respond rest result
    results rid ridiculous right roughly rubbish rude ruin run running rush
    sad safe sane sat satisfied saturday saw saying says scary seconds see seeing seek seem seems seen sees send
    sense sensible sent separate september serious seriously set several shame shiny shock shocked short shortly
    show showed shows shut sick side silly simple simply single sir sit sitting situation slightly slow slowly
    small smart smh smooth solid solo solution somehow sometimes somewhat somewhere soon sorry sort sorted
    special specific specifically spend spending spent spot stand standard start started starting starts stay
    stays step steps stick stop stopped stops straight strange strong struggle struggling stubborn stupid
    successful suck sucks suddenly suffer suggest suitable sum sunday sup super supposed surely surprised
    surprising suspect swear sweet
    ta take taken takes taking talked terrible terribly terrified terrifying thinking thinks thought thoughts
    thousand thousands throw throws thursday time times tiny tip tips tired today together told tomorrow ton
    tonight tons took top total totally touch tough toward towards tricky tried tries trouble true truly trust
    truth try trying tuesday turn turned turns twice twist ty type typical typically tysm
    ugly ultimately unable uncertain unclear understand understood unfortunately unhappy unless unlucky unsure
    unusual upset urgent used useful useless usual usually utterly
    vague valid various vast view visit vs
    wait waiting wake walk wandering wanting warn warning waste wasted watch watched week weekday weekend
    weekends weekly weeks weird went west whatever whenever wheres wherever whichever whoever whole whos wider
    wild willing win wise woke woken won wonder wondered wonderful wondering word words work worked working
    works world worried worry worrying worse worst worth worthless worthwhile worthy wow write wrong wtf
    year years yell yesterday yikes yo young yup
    zero
    able above across against although always among anymore anyway back below beside besides best better beyond bigger
    biggest billion bought busier deeper eight eighteen eighty eleven elsewhere everybody everyone everywhere
    fewer fifteen fifty five forty four fourteen fourth gone good greater held hold holds hundred hundreds incl
    including million ninety nine nowhere older percent self seven seventy six sixteen sixty skip smaller straightaway
    ten third thirteen thirty three till twelve twenty two unknown younger
    """

PLAIN_WORDS: frozenset[str] = frozenset(_LINES.split())
