"""Words of subjects that are far from most packs: food, pets, sport, repairs at home.

They count only where no entry has them, and then they tell that a question is about something else. Words that tell
of somebody's life (a city, a child, money) are not here: those come up in questions about any subject.
"""

from __future__ import annotations

_FOOD = """
    almond apricot asparagus avocado bacon bake baking banana barbecue basil bean beans beef beer blueberry
    bread broccoli brownie burger butter cabbage cake calorie calories carrot celery cereal cheese cherry
    chicken chili chocolate cinnamon cocktail coconut cook cooking cream cucumber curry dessert diet dough
    doughnut egg eggplant eggs fish flour freezer fridge fries garlic ginger gluten grape grill ham honey hummus
    icing jam juice kebab ketchup keto kiwi lamb lasagna lemon lettuce lobster mango mayonnaise meal melon milk
    muffin mushroom mustard noodle oat oats olive omelette onion orange oregano oven oyster pancake pasta peach
    peanut pear pepper pie pineapple pistachio pizza plum popcorn pork porridge potato protein pudding pumpkin
    radish raisin raspberry restaurant rice salad salmon salt sandwich sausage seafood shrimp smoothie snack
    soda soup sourdough spaghetti spinach steak strawberry sugar sushi taco tofu tomato tuna turkey vegan
    vegetarian vinegar vitamin vitamins vodka waffle walnut watermelon whisky wine yeast yogurt zucchini
    """
_BODY_AND_HEALTH = """
    acne allergies allergy ambulance anemia ankle antibiotic arthritis asthma bandage beard bmi breastfeeding
    bruise cholesterol contraception cough cramp cramps dandruff dermatologist diabetes eczema elbow epilepsy
    fever flu gout hair haircut hangover heartburn hiccups ibuprofen insulin itch itchy jogging kidney kilo
    kilos knee lipstick liver lung makeup marathon massage menopause muscle muscles nail nails neck nosebleed
    obesity optician orthopedist paracetamol perfume pilates pill pills pimples pneumonia psoriasis rash shampoo
    shoulder sneezing snoring sprain stomach sunburn sunscreen surgery swollen tablet tattoo teeth therapy
    thyroid tonsils tooth toothache urine vaccination vaccine vein vomiting workout wound wrinkles wrist yoga
    zinc
    """
_HOME_AND_GARDEN = """
    ant ants balcony bathtub blanket bleach blender boiler broom bucket bulb bulbs cactus carpet ceiling cement
    chimney compost cupboard curtain cushion detergent dishwasher drain drainpipe dryer duvet faucet fence
    fertilizer floorboard flower furniture fuse garden grass gutter heating hedge hoover hose insulation iron
    ladder lamp landlord laundry lawn leak leaking mattress mice microwave mold mop mosquito moth moths mould
    mower oak orchid paint parquet patio pesticide pillow pipe plant plants plaster plumbing plywood pruning
    radiator rat razor roof rose screw screwdriver shed shower sink soil spider sponge stain stove tenant
    thermostat tiles toaster toilet towel tulip vacuum wall wallpaper wardrobe wardrobes wasp weed wrench
    """
_ANIMALS = """
    ape aquarium bee bees beetle bird birds butterfly camel caterpillar chimpanzee cow crocodile deer dolphin
    donkey duck eagle elephant ferret flea fleas fox frog gecko giraffe goat goldfish goose gorilla hamster
    hedgehog hen hippo horse jellyfish kangaroo kitten koala leash lion lizard mammal octopus ostrich otter owl
    panda parrot peacock penguin pig pigeon poodle puppy rabbit raccoon reptile rooster salamander shark sheep
    snake snakes squirrel swan tiger turtle vet walrus whale wolf worm zebra
    """
_TRAVEL_AND_PLACES = """
    airbnb airline airport backpacking beach cabin camping canyon caravan carnival castle cathedral citadel
    compass cottage cruise ferries ferry fjord glacier harbour hike hiking hostel hotel hotels itinerary jetlag
    lagoon lighthouse luggage map marina metro monastery motel museum palace pier promenade pyramid ruins safari
    sailing sightseeing ski skiing snowboard souvenir spa subway suitcase surfing taxi temple tent tourism
    tourist tram trekking waterfall yacht zoo
    """
_VEHICLES = """
    airbag alternator axle bicycle bike brake brakes bumper caravan carburetor chassis clutch convertible
    dashcam diesel engine exhaust fuel garage gasoline gearbox headlight helicopter ignition licence moped
    motorbike motorcycle odometer parking pedal petrol piston roundabout scooter sedan sparkplug steering
    suspension tire towbar tractor trailer tram truck tyre tyres windscreen windshield wiper
    """
_SPORT_AND_GAMES = """
    archery arsenal athletics badminton baseball basketball bayern betting billiards bowling boxing casino
    checkers cricket crossfit crossword cycling darts deadlift dodgeball dumbbell equestrian football fortnite
    golf gymnastics handball hockey jitsu jiu judo karate kayak knitting lacrosse lottery marathon minecraft
    monopoly nba nfl nintendo offside olympic olympics pingpong playstation pokemon pushups roblox rowing rugby
    sailing scrabble skateboard snooker soccer softball squat stadium sudoku surfboard swim swimming taekwondo
    tennis triathlon uefa volleyball wrestling xbox yankees zelda
    """
_ARTS_AND_FESTIVITIES = """
    accordion anime ballet balloon band banjo bride cartoon cello choir chord chords choreography christmas
    circus clarinet comedian comedy comics concert costume dance dancing disney drum drums easter episode
    festival films fireworks flute guitar haiku halloween harmonica hollywood jazz karaoke lyrics mandolin manga
    melody metronome movie movies musical netflix novel opera orchestra origami oscar painting photography piano
    playlist poem poetry quilt rapper saxophone sculpture sewing sitcom song songs soundtrack symphony tango
    theatre trombone trumpet ukulele violin
    """
_LAW_AND_RELIGION = """
    abortion alimony amendment army baptism bible bishop bond buddha buddhism catholic chancellor christian
    church constitution crime cryptocurrency custody defamation dividend dividends divorce election etf ethereum
    eviction felony hindu iban inheritance islam jail jewish juror jury landlord lawsuit legislature mayor
    minister monarchy monk mosque muslim parliament police pope prayer president probate protestant queen quran
    ramadan religion saint savings senate senator speeding sue temple testament thief treaty vat vatican veto
    vote weapon zakat
    """
_NATURE_AND_SCHOOL = """
    acid adjective algae alkali alphabet altitude amphibian archaeology asteroid atom aztec babylon bacteria
    botany buoyancy celsius chemistry civilization comet continent cyclone decibel desert dinosaur dinosaurs
    dynasty earthquake ecology empire enzyme equator fahrenheit fossil galaxy gallon geography glacier helium
    hemisphere humidity hurricane hydrogen isotope jupiter kilometer kilometers latitude lava lightning litre
    longitude magma mammal mandarin mars medieval mercury meteor meter mile miles mineral mitosis molecule
    monsoon moss napoleon nasa nitrogen noun ocean orbit ounce oxygen ozone parabola photosynthesis planet
    planets pluto pronoun proton pyramid quartz radiation rain renaissance river roman saturn shakespeare snow
    sodium spelling spore sulfur tectonic telescope temperature thunder tide tornado tsunami uranium uranus verb
    viking volcano weather
    """
_CLOTHING_AND_SHOPPING = """
    aliexpress apron bag belt blouse boots bracelet cardigan coat coupon cufflinks denim dress earrings ebay
    flipflops gloves handbag hat heels hoodie jacket jeans jewellery leggings lingerie mall mittens necklace
    pajamas parcel poncho pullover raincoat refund sandals scarf shirt shoe shoes skirt slippers sneakers socks
    sunglasses supermarket sweater swimsuit tights trousers tuxedo underwear vest voucher wallet wig zipper
    """
_DEVICES = """
    adsense airdrop airpods alexa android antenna apk bios bluetooth bricked cartridge chromebook chromecast
    dolby dvd earbuds emoji emojis facetime fitbit garmin gopro hdmi headphone icloud illustrator imessage
    indesign ipad iphone itunes keychain kindle landline macro microphone modem monetization monetize
    motherboard nfc paperwhite photoshop powerbank premiere printer ringtone router samsung scanner screenshot
    seo shopify siri smartwatch snapchat soundbar spotify squarespace subwoofer toner tripod vlookup voicemail
    wearable webcam wordpress xiaomi
    """
_WEB_AND_SYSTEMS = """
    activex angular apache arduino asp awk bazel blender bubblesort cgi chmod cmake cobol codeigniter coldfusion
    coroutine cors crontab cygwin datetime delphi div dns dockerhub drupal elasticsearch ember firewall firmware
    flexbox flutter fortran ftp gcc glibc godot gradle graphql haskell heapsort htaccess https iis intellij
    iptables jboss jdbc joomla jquery jsp junit kotlin laravel ldap lua magento makefile malloc maven mergesort
    mutex netbeans nginx npm nullpointerexception oauth ocaml odbc openssl pascal phpmyadmin powershell prolog
    quicksort rails raspberry regex rspec rsync samba sed segfault servlet silverlight smtp ssl struts
    subversion svg svn symfony sysctl systemd tailwind tcl telnet tls tomcat unicode unreal utf valgrind vba
    visualforce vpn vue wamp wcf webpack websocket winforms wpf xaml xampp xcode xhtml xpath xslt yii zend
    """
_FAR_TECHNOLOGY = """
    blockchain fusion hologram laser metaverse nft nuclear quantum qubit web3
    """

FAR_WORDS: frozenset[str] = frozenset(
    " ".join(
        (
            _FOOD,
            _BODY_AND_HEALTH,
            _HOME_AND_GARDEN,
            _ANIMALS,
            _TRAVEL_AND_PLACES,
            _VEHICLES,
            _SPORT_AND_GAMES,
            _ARTS_AND_FESTIVITIES,
            _LAW_AND_RELIGION,
            _NATURE_AND_SCHOOL,
            _CLOTHING_AND_SHOPPING,
            _DEVICES,
            _WEB_AND_SYSTEMS,
            _FAR_TECHNOLOGY,
        )
    ).split()
)
