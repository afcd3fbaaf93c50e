"""Everyday words that mean nearly the same in a question, whatever the pack is about.

A pack's own groups (topics.yaml) count more than these: see `expansion.py`.
"""

from __future__ import annotations

_LINES = """
    buy purchase order acquire
    cost price fee charge expensive pay
    cheap inexpensive affordable free
    pay payment paid bill invoice
    refund reimburse reimbursement moneyback
    money cash fund financial finance
    salary wage pay income earn earnings compensation
    discount voucher coupon promo reduction deduction
    job work employment career position occupation
    boss manager employer supervisor
    hire recruit employ
    quit resign leave
    begin start commence launch
    beginner newbie novice newcomer starter
    stop end finish cease halt terminate
    cancel terminate revoke withdraw abort
    remove delete erase uninstall drop discard
    install setup installation
    configure setup configuration settings set
    change modify edit alter update adjust
    update upgrade renew latest newest
    new latest recent current newest
    old outdated previous former
    repair fix mend solve resolve restore
    error bug fail failure problem issue fault defect wrong trouble crash broken exception
    symptom sign indication
    allow permit permission permitted authorise authorize allowed approval
    forbid forbidden prohibit prohibited ban illegal
    legal law lawful legally regulation
    refuse deny reject denied decline
    complain complaint appeal grievance
    penalty fine sanction punishment consequence
    limit maximum max cap ceiling restriction
    minimum min least lowest
    size large big length dimension
    big large huge great
    small little tiny
    quick fast rapid speed quickly performance efficient
    slow delay lag slowly inefficient
    long duration time take
    often frequently frequency frequent
    deadline due cutoff late
    date day schedule calendar
    wait queue pending
    choose select pick choice option
    compare difference versus vs differ different distinction comparison
    similar same alike equal equivalent
    use utilise utilize usage apply
    apply application register enrol enroll signup join
    join participate attend enter sign
    login signin logon password account
    password passcode credential
    account profile membership
    submit send upload deliver hand
    send mail ship post
    receive get obtain acquire
    download obtain fetch retrieve
    find search locate lookup
    show display print view see
    show explain explanation describe meaning mean
    mean definition define stand meaning
    example sample instance
    create make build generate produce write construct
    copy duplicate clone replicate
    unique distinct duplicate
    join combine merge concatenate
    split divide separate
    convert transform turn change translate
    sort order arrange rank
    compute calculate count determine
    count number amount quantity total
    check verify test validate confirm determine
    test exam quiz assessment evaluation
    grade score mark result
    homework assignment exercise task
    course class lesson training program
    lecture video recording session
    teacher instructor tutor lecturer mentor trainer
    student learner pupil
    certificate certification diploma credential certify
    degree diploma doctorate phd bachelor master
    requirement prerequisite required condition must necessary
    eligible qualify qualified entitled eligibility
    document paper documentation manual
    manual guide tutorial documentation handbook
    book textbook literature
    learn study
    know understand
    ask question query
    answer reply response respond
    help support assist assistance
    contact reach call phone email
    phone telephone mobile
    email mail
    address location place
    office headquarters branch
    open hour opening
    house home building property residence
    apartment flat
    room space
    car vehicle auto automobile
    doctor physician
    medicine medication drug pharmaceutical
    illness sick disease ill infection
    kid child children baby
    parent mother father
    elderly old senior pensioner retired
    company business firm organisation organization enterprise
    customer client user
    team group crew
    member membership
    donate donation contribute contribution
    safe secure safety security
    danger risk dangerous risky hazard
    protect guard prevent protection
    hide conceal secret
    private privacy personal confidential
    insurance coverage policy
    warranty guarantee
    contract agreement deal
    proof evidence prove
    lose lost missing
    steal stolen theft
    trip travel journey
    flight plane
    hotel accommodation stay
    picture image photo
    movie film
    function method subroutine routine procedure
    variable value
    list array
    string text
    folder directory
    file document
    computer machine pc laptop hardware
    program script application software app
    code source
    library package module
    run execute launch start
    command instruction
    remote distant online
    website site webpage web page
    internet online network
    connect connection link
    server host
    memory ram
    automatic automatically unattended
    simple easy basic
    hard difficult complicated tough complex
    good best better recommend recommended
    bad worst poor
    reason cause why
    advice tip suggestion recommend recommendation
    benefit advantage pro
    drawback disadvantage con downside
    goal aim purpose objective
    plan schedule timetable timeline
    replace exchange substitute swap
    add insert append include
    insert append put
    empty blank null missing
    keep retain save preserve
    save store keep
    backup copy
    increase raise grow
    decrease reduce lower less
    give provide supply
    bring carry take
    share distribute
    sell sale
    rent lease
    own owner belong possess
    responsible liable responsibility liability
    damage harm injury
    hurt pain ache
    eat food meal
    drink beverage
    clean wash cleaning
    water moisture
    heat heating warm
    electric electrical electricity power
    neighbour neighbor
    mould mold
    colour color
    make made
    take took taken
    come came
    bring brought
    spend spent
    send sent
    choose chose chosen
    feel felt
    fall fell fallen
    throw threw thrown
    drink drank drunk
    seek sought
    fight fought
    wear wore worn
    write wrote written
    fly flew flown
    build built
    sell sold
    drive drove driven
    begin began begun
    show shown
    strike struck
    learn learnt
    grow grew grown
    run ran
    hold held
    leave left
    hear heard
    sit sat
    think thought
    teach taught
    catch caught
    find found
    break broke
    speak spoke spoken
    lend lent
    eat ate eaten
    buy bought
    steal stole
    freeze froze frozen
    forget forgot forgotten
    burn burnt
    win won
    keep kept
    sleep slept
    ride rode ridden
    die died dying dead
    man men
    woman women
    foot feet
    tooth teeth
    centre center
    programme program
    licence license
"""

EVERYDAY_GROUPS: tuple[tuple[str, ...], ...] = tuple(tuple(line.split()) for line in _LINES.strip().splitlines())
