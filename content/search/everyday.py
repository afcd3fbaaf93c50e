"""Common English words: right as they are typed, even where the pack does not have them."""

from __future__ import annotations

_LINES = """
able absolute absolutely accident across act action active actual actually adult advance advertise advise
afraid afternoon age agency agent ago agree ahead aid aim air alarm album alcohol alive almost alone along
already although always amaze amazing ancient anger angle angry animal anxious anyway anywhere apart apparent
appear apple area argue arm army around arrive art article artist aside asleep attack attempt attract august
aunt author autumn average avoid awake award aware away awful
bag bake balance ball band bang bank bar bare barely barrel base basket bat bath bathroom battery battle beach
bean bear beard beat beautiful beauty become bed bedroom bee beef beer behave behind believe bell belt bench
bend beneath beside beyond bicycle bike bind bird birth birthday bit bite bitter black blade blame blanket
bleed bless blind block blood blow blue board boat body boil bold bomb bone boot border bore bored boring born
borrow bother bottle bottom bowl box boy brain brake brave bread breakfast breath breathe breed brick bridge
brief bright brilliant broad broke broken brother brown brush bubble bucket bug burn burst bus bush busy
butter button
cabin cable cake calm camera camp campus candle candy cap capable capital captain card care careful carpet
carrot cast castle cat catch cattle cause ceiling celebrate cell century chain chair chance channel chapter
character charm chart chase chat cheek cheer cheese chef cherry chest chicken chief chip chocolate christmas
church cigarette cinema circle citizen city civil claim clerk clever click client climate climb clock close
cloth clothes cloud club clue coach coal coast coat coffee coin cold collar collect college column comb
comedy comfort comic command comment common compete complete concern concert confuse confused consider
contain content contest continue control cook cookie cool corn corner correct cotton couch cough country
county couple courage court cousin cover cow crack craft crazy cream creature credit crew crime crisp cross
crowd crown cruel cry cube cup cure curious curl current curse curtain curve custom cut cute cycle
dad daily damp dance dare dark darling daughter dawn dead deaf dear death debate debt decade december decide
deck deep deer defeat defend delicious delight deliver dentist depend depth desert deserve desire desk
despite dessert destroy detail device devil diamond diet dig digital dinner dirt dirty disaster discover
discuss dish divorce dog doll dollar donkey door dot double doubt downtown dozen draft drag drama draw dream
dress drill drip drive driver drop drown drum dry duck dull dump dust duty
eager ear early earth east easter edge egg eight either elbow elect elephant eleven else embarrassed emotion
empire enemy energy engage engine enjoy enough entertain entire envelope environment equal escape especially
evening event evil exact exactly excellent except excite excited excuse exhaust exist expect explode eye
face fact factory fade faint fair faith fall false fame famous fancy fantastic far farm farmer fashion fat
fate father favor favour favorite favourite fear feather february feed feel feet fellow fence fever few field
fight figure fill film final finally finger fire fish fit five flag flame flat flavor flesh float flood floor
flour flow flower fly focus fold folk follow fond fool foot football force foreign forest forever forget
forgive fork form fortune forward four fox frame freedom freeze french fresh friday fridge friend friendly
frog front fruit fuel full fun funny fur furniture fuzzy
gain gallery game gang gap garage garbage garden garlic gas gate gather gear gender general gentle giant
gift girl glad glass global glory glove glue goat god gold golden golf gone gossip grab grace grain grammar
grand grandfather grandmother grape grass grateful grave gray green greet grey grill grip grocery ground
guess guest guilty guitar gun guy gym
habit hair half hall hammer hand handle handsome hang happen happy harbor hardly hat hate head heal health
healthy hear heart heaven heavy heel height hell hero hill hip hire history hit hobby hold hole holiday holy
honest honey honor hook hope horrible horse hospital host hot huge human humor hundred hungry hunt hurry
husband
ice idea ideal identity idle imagine immediate immediately impact import impossible impress inch indeed
indoor industry infant inform injure ink inner innocent insect inside insist inspire instant instead
instrument insult intend interest interested interesting interrupt invent invest invite iron island italian
jacket jail january jar jaw jazz jealous jeans jelly jewel joke journal journey joy judge juice july jump june
jungle junk jury
keen kettle key keyboard kick kill kind king kiss kitchen kite knee knife knock knot
label lack ladder lady lake lamb lamp land lane language lap laugh laundry lawn lawyer lay layer lazy lead
leaf leak lean least leather lecture leg lemon lend lens lesson letter level liberty library lick lid lie
life lift light lightning line lion lip liquid listen little live liver living load loan lobby local lock
logic lonely look loose lord loud love lovely lucky luggage lunch lung
mad magazine magic main male man manage march mark market marriage married marry master match mate matter
mattress meal measure meat media medal meet melt memory mental mention menu mercy merely mess message metal
middle midnight mile milk mind mine minute mirror miss mission mistake mix mobile mode model modern moment
monday monkey month mood moon moral morning mostly mother motion motor mountain mouse mouth move mud murder
muscle museum music musical mystery
nail naked name narrow nasty nation native natural nature naughty navy near nearby nearly neat neck needle
negative nerve nervous nest net never news newspaper next nice niece night nine nobody noise none noon normal
normally north nose note nothing notice november nowadays nowhere nuclear nurse nut
oak object obvious obviously occasion ocean october odd offend offer officer oil olive onion onto operate
opinion opposite orange orchestra ordinary organ oven overall owe owl
pace pack page pain paint painting pair palace pale palm pan panic pants paragraph parcel pardon paris park
parking part particular partly partner party pass passage passenger passion passport past paste path patience
patient pattern pause peace peach peanut pear pen pencil penny people pepper perfect perform perhaps period
person pet piano piece pig pile pill pillow pilot pin pink pipe pitch pizza plain planet plant plastic plate
platform play player pleasant pleasure plenty plot plug pocket poem poet poetry point poison police polite
politics pollution pond pool popular population port portion pose positive possess pot potato pound pour
poverty powder practice practise praise pray prayer prefer pregnant prepare present president press pressure
pretend pretty priest prime prince princess prison prize probably produce profit promise proper properly
proud pub public pull pump pumpkin punch punish pure purple purse push puzzle
quality quarter queen quiet quietly quite quote
rabbit race radio rail railway rain rainbow rainy random range rare rarely rat rate raw reach react read ready
real realise realize rear recall recipe record red refer reflect regard regret regular relate relative relax
release relief religion religious rely remain remark remember remind repeat report rescue respect rest
restaurant retire return reveal reward rhythm rice rich rid ride ring ripe rise river road roast rob rock role
roll roof root rope rose rough round route row royal rub rubber rubbish rude rug ruin rule rush
sad safely sail salad salt sand sandwich satisfy saturday sauce sausage scale scared scene school science
scissors scream screen screw sea seal season seat second secretary section seed seek seem self selfish sense
sentence separate september serious seriously serve set settle seven several sew sex shadow shake shall shame
shape sharp shave sheep sheet shelf shell shine shirt shock shoe shoot shop shore shoulder shout shower shrink
shut shy side sight silence silent silk silly silver simply sin sing singer single sink sister sit site six
skill skin skirt sky sleep slice slide slight slip smart smell smile smoke smooth snack snake snow soap soccer
social sock soft soil soldier solid somehow sometimes somewhere son song soon sore sorry soul sound soup sour
south spare speak special speech spell spend spice spider spin spirit spit spite spoil spoon sport spot spread
spring square squeeze stable staff stage stain stair stamp stand star stare state station steady steak steam
steel step stick stiff stomach stone storm story straight strange stranger strawberry stream street strength
stress stretch strike strip stripe strong struggle stuck studio stupid style subject succeed success sudden
suddenly suffer sugar suggest suit suitable sum summer sun sunday sunny supper suppose surface surprise
surround survive suspect swallow swear sweat sweater sweep sweet swim swing sword
table tail talent talk tall tank tap tape target taste taxi tea teach tear technology teeth television
temperature temple ten tennis tent terrible terrified theater theatre thick thief thin think third thirsty
thirty thought thousand thread three throat throw thumb thunder thursday ticket tidy tie tight till tired title
toe together toilet tomato tomorrow tone tongue tonight tool tooth top topic total totally touch tour tourist
toward towel tower town toy track trade tradition traffic train transport trash treat tree trend tribe trick
trouser truck true truly trust truth tube tuesday tune tunnel turkey turn twelve twenty twice twin two type
tyre tire
ugly umbrella uncle understand underwear uniform unit unite universe university unless unlike upset upstairs
urban urgent usual usually
vacation valley valuable van variety various vast vegetable version victim victory view village violence
violent violin visa visit visitor vitamin voice volume vote voyage
wage waist wake walk wall wallet war wardrobe warn waste watch wave weak wealth weapon wear weather wedding
wednesday weed week weekend weigh weight weird welcome west wet whatever wheel whenever whisper whistle white
whole wide width wife wild win wind window wine wing winner winter wipe wire wise witness wolf woman won wonder
wonderful wood wooden wool word world worm worn worried worry worse worth wound wrap wrist writer
yard yellow yesterday young youth zero zone zoo
actor actress against alligator ankle anybody anymore anyone back backward bride cafe cancer cave certain cleaner
clear cloudy come crocodile dice die dusk dying ease everybody everyone everywhere farther fry further goose gotten
grandma grandpa groom grown heap holder knew last later leap left lover mall men minister mount neither newer number
numeral older outside pasta poker pork rather reader reap reservation right said sat say scarf share shark shorter
show skip smaller sofa spill stale stall stove swam tale tax thing tiger times took useful useless wait waiter weep
whale while windy wore workshop year
"""

EVERYDAY_WORDS: frozenset[str] = frozenset(_LINES.split())
