"""How a stop is asked for (R8.1), as patterns over canonical words (``normal.canonical``). Tables only, a pattern a line.

A pattern is a regular expression that says ``[x ]`` for what may be missing and ``{x}`` for one of ``PARTS``. ``around``
holds what may stand beside these, ``doubts`` what may mean them, ``otherwise`` what only looks like them.
"""

PARTS = {
    "det": (
        "(?:(?:all|any|of|more|other|your|the|this|these|those|that|my|our|such|so many|further|additional|future|unsolicited"
        "|unwanted|stupid|dumb|annoying|political|campaign|spam|automated|marketing|promotional|text|sms|group|daily|constant"
        "|random|endless|ridiculous|harassing|begging|fundraising|donation|election|texting|calling|call|mailing|email|contact"
        "|phone|distribution|messaging|notification|subscriber|subscription|broadcast|robo|auto|unnecessary|a|an|kind"
        "|type|entire|whole|every|each|each and every|goddamned|shitty|crappy|bullshit|bs|unwelcome|dang|darn|silly|and|or"
        "|another|one more|single|calls|texts|messages|emails|communications|phone calls|telephone|vote|voter|contacts|voting|lousy|worthless|junk|internal|company|own|official|national) )*"
    ),
    "texts": (
        "(?:texts?|messages?|sms|smses|mms|texting|messaging|notifications?|alerts?|reminders?|updates|spam|spamming|calls|calling"
        "|robocalls|communications?|contact|solicitations?|soliciting|correspondence|subscriptions?|of this spam|texts and calls)"
    ),
    "list": (
        "(?:lists?|database|data base|databases|system|systems|contacts|contact|records|directory|directories|roster|files?|rolodex"
        "|texts?|messages?|sms|group|group chat|chat|thread|chain|conversation|texting|messaging|program|service|mailings|communications?|alerts?|notifications?"
        "|campaign|campaigns|everything|all|subscription|subscriptions|calls|spam|books|phonebook|phone book|outreach"
        "|updates|distribution|computer|registry)"
    ),
    "lists": "(?:(?:(?:his|her|their|whatever|whichever|ya) )?{det}{list}|this|it|here|these|there|all of it|all of these|all of this|your phones?|your shit|this crap|this shit|this bs)",
    "off": "(?:(?:from|off of|off from|off|out of|out from|out|of|fron|frm|form)(?: off)?)",
    "number": "(?:(?:my|our|this|these|that|the|his|her|their)(?: \\w+)? (?:numbers?|phones?|telephones?|cell|cellphone|cellular|tablet|device|mobile|line|landline|digits|contact|contact info|info)|number|phone|\\d+(?: \\d+)*)",
    "kin": (
        "(?:(?:late|ex|little|older|younger|step) )?(?:moms?|mothers?|mums?|mommy|mama|mamas|dads?|fathers?|daddy|papa|husbands?|hubby|wifes?|spouses?"
        "|fiancee?|boyfriend|girlfriend|ex|sons?|daughters?|kids?|childs?|children|childrens|brothers?|sisters?|grand\\w+"
        "|nana|aunts?|uncles?|niece|nephew|cousin|parents?|(?:mother|father|brother|sister|son|daughter)s? in laws?)"
    ),
    "sorry": (
        "(?:(?:(?:i am |we are )?(?:so |very )?sorry(?: to (?:say|tell you|inform you|report|let you know))?|(?:i )?regret to (?:inform|tell) you"
        "|(?:i )?(?:must|have to|need to) (?:inform|tell) you|sadly|unfortunately|(?:i am )?afraid|(?:just )?(?:letting you know|so you know|to let you know)|fyi)(?: that)? )"
    ),
    "person": (
        "(?:{names}(?: (?!has|is|does|do|did|died|passed|no|not|never|was|and)\\w+)?|he|she|they|(?:(?:my|our|his|her|their|your) )?{kin}(?: (?!has|have|is|does|do|did|died|passed|no|not|never|was|and|just|had|already|got|changed|switched)\\w+)?|(?:mr|mrs|ms|miss|dr|sir|madam) \\w+"
        "|(?:the|this|that) (?:person|man|woman|lady|guy|gentleman|individual|owner|member|voter|contact)(?: (?:you|who|that|named|at|of|with) (?:\\w+ ){0,5}?\\w+)?)"
    ),
    "dead": (
        "(?:(?:(?:has|have|had|just|recently|sadly|already|actually|unfortunately) )*(?:passed(?: away| on)?|died)|(?:(?:is|are|was|been|has been) )(?:(?:\\w+ )?(?:dead|deceased)"
        "|no longer (?:living|alive|with us|here with us))|no longer (?:living|alive|with us)|dead|deceased)"
    ),
    "lately": (
        "(?: (?:last|this|past|back|for|since|in|on|over|about|almost|a|an|the|one|two|three|four|five|six|seven|eight|nine|ten|several|few|couple|of|some|many|long|\\d+"
        "|years?|months?|weeks?|days?|ago|now|recently|suddenly|unexpectedly|already|today|yesterday|night|morning|time|early|late|earlier|here"
        "|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
        "|\\w+day|spring|summer|fall|autumn|winter|christmas|thanksgiving|easter|covid))*"
    ),
    "me": "(?:me|us|my family|my cell|my mobile|my line|this cell|{number})",
    "who": (
        "(?:me|us|myself|my name and (?:my )?number|my number and (?:my )?name|{number}|(?:all )?(?:of )?(?:my|our) (?:\\w+ )?(?:names?|info|information|data|details|account|address|contact info"
        "|contact information|personal information|personal info|cell)|me and my \\w+|name|(?:an?|this) (?:\\w+ ){0,2}(?:lady|man|woman|person|grandma|grandmother|grandpa|widow|senior|veteran))"
    ),
    "stop": "(?:stop|quit|suspend|cut it out with|knock it off with|stop it with|quit it with|cease|halt|discontinue|terminate|end|lay off|cut out|desist from|cease from|refrain from|stop with|knock off|please stop)",
    "texting": (
        "(?:texting|messaging|contacting|calling|bothering|bugging|pestering|spamming|harassing|annoying|soliciting|writing to"
        "|writing|sending to|texting to|phoning|ringing|pinging|disturbing|blowing up|hounding|bombarding|badgering|stalking"
        "|communicating with|reaching out to|hitting up|text|message|contact|texts|messaging to|texting and calling"
        "|calling and texting|calling or texting|texting or calling)"
    ),
    "text": (
        "(?:(?:text|message|contact|call|write to|write|spam|solicit|phone|ring|harass|ping|communicate with|reach out to|text to"
        "|text or call|call or text|call and text|text and call|contact or text|text or contact|sms|texting|messaging|hit up"
        "|send to|bombard|pester|dm|bother texting|bother calling|bother contacting)(?: (?:and |or )?(?:text|call|message|contact|email|write|phone))*)"
    ),
    "texted": "(?:contacted|texted|messaged|called|bothered|solicited|spammed|bugged|pestered|harassed|reached|phoned|disturbed)",
    "removed": (
        "(?:removed|deleted|unsubscribed|taken off|opted out|dropped|erased|excluded|taken out|left off|kept off|left out|scratched off|unlisted"
        "|purged|disenrolled|stricken|struck|scratched|crossed off|scrubbed|withdrawn|eliminated|expunged|wiped|cleared)"
    ),
    "remove": "(?:remove|delete|erase|drop|strike|scratch|cross|scrub|purge|unsubscribe|unsub|take|get|pull|kick|cut|exclude|omit|unlist|disenroll|rm|expunge|deactivate|unregister|withdraw|knock|block|wipe|clear|let)",
    "removing": "(?:removing|deleting|erasing|dropping|scrubbing|unsubscribing|taking|getting|pulling|opting)",
    "cancel": "(?:cancel|end|terminate|stop|quit|discontinue|deactivate|kill)",
    "consent": "(?:consent|permission|authorization|approval)",
    "want": "(?:want|wish|care|need|like|desire|intend|trying)",
    "dnc": "(?:dnc|(?:do not|no) (?:call|contact|text|message|calls|disturb|solicit))",
    "key": "(?:stop|unsubscribe|opt out|quit|end|remove me|no more|cancel|unsub)",
    "said": "(?:said|texted|replied|typed|answered|responded|wrote|sent|(?:told|asked|begged) you(?: \\w+)?(?: to)?)",
    "ask": (
        "(?:want|need|would like|ask|am asking|beg|am begging|request|am requesting|demand|am demanding|urge|require|insist|told"
        "|have told|asked|have asked|said|have said|keep asking|keep telling|am telling|would appreciate|requested|have requested"
        "|would love|am gonna need|am going to need|would prefer|prefer)"
    ),
}
"""Parts of the patterns; one may use those above it."""

REQUESTS = """
{stop} (?:blowing|hitting) {me}(?: up)?
{stop} {texting} {me}
{stop} to {text} {me}
(?:do not|stop) (?:use|using) (?:my|this) number
{stop} (?:sending|send|giving|forwarding|to send) [{me} ]{det}{texts}
{stop} (?:sending|send|to send) {me}(?! (?:e ?mails?|letters|bills|invoices|packages|money|flowers|mail))
{stop} {texting} (?:this|my|our) (?:number|phone|cell|line)
{stop} (?:receiving|getting) {det}{texts}
{stop} (?:all|any|every|each|every (?:single )?one of|each (?:and every )?one of|any and all|all future|all further|all of your|all of the|all of these|all your|all the|all these) {det}{texts}
{stop} reaching out
(?:do not|never|stop|quit) (?:use|using|misuse|abuse|share|sharing|sell|selling) {number}(?: (?:again|anymore|for \\w+))?$
(?:quite|quiet) {texting} {me}
(?:quite|quiet) sending {me} {det}{texts}
do not (?:be |keep |go )+(?:blowing|hitting) {me}(?: up)?
(?:do not|never) (?:sent|sending|sended) [{me} ]{det}{texts}
(?:forget|pretend) (?:that )?you (?:ever )?(?:have|had|got) {number}
you (?:do not|no longer|never) (?:had|have) (?:my |our |any )?{consent}
(?:keep|leave) {who} (?:off|off of|out of|out) {det}(?:lists?|database|mailings|texts|messages|system)
(?:do not|never) send (?:anything|stuff|things|shit|crap|junk|nothing) (?:to|on) {number}
throw {number} (?:away|out)
not (?:send|text|message|contact|call|write) {me}
you are not (?:authorized|allowed|permitted) to {text} {me}
you have no (?:right|permission|consent|authorization|business) (?:to {text}|{texting}) {me}
(?:trouble|warn|warning|caution|trust|advise|advising|instruct|instructing|direct|remind|order|ordering|beg|begging|urge|implore) you not to (?:ever )?{text} {me}
(?:do not|never|dont) (?:you )?(?:dare )?{text} {me}
you (?:may|can|must|should|need to|will) not {text} {me}
(?:can|could|would|will) (?:you|we) not {text} {me}
(?:mind|appreciate|appreciate you|how about|about|consider|try|prefer you) not {texting} {me}
do not (?:be|keep|start|go on|continue) (?:texting|messaging|contacting|calling|writing|spamming) {me}
(?:do not|never) send [{me} |to {me} |out ]{det}{texts}
(?:do not|never|stop) (?:call|calling|e ?mail|emailing) (?:{me} )?(?:or|and|nor) (?:send|sending) (?:{me} )?{det}(?:texts|messages)
(?:do not|never) send {me} (?:anything|stuff|shit|crap|junk|garbage|nothing|(?:any(?: of)? )?(?:this|these)(?: (?:stuff|shit|crap|things?))?)
no more {det}(?:texts?|messages?|sms|texting|messaging|calls|calling|spam|communications?|contact|contacting me|solicitations?|notifications|alerts)
{remove} {who} (?:(?:off|out|up) )?{off} {lists}
(?:remove|delete|erase) {who} (?:on|in) {lists}
(?:remove|delete|erase|unsubscribe|purge|unsub|take|get) (?:it|this|them)? ?{off} {det}(?:lists?|database|texting list|system)
(?:unsubscribe|unsub) {who}
opt {who} out
(?:opt|opting) out (?:of|from) {lists}
(?:unsubscribe|unsub|opt out) (?:from|of) (?:\\w+ ){1,4}(?:lists?|texts|messages|alerts)
{remove} {who} {off} (?:\\w+ ){1,4}(?:lists?|database|contacts|texts|messages)
let {who} off {lists}
(?:mark|put|list) {who} (?:down )?(?:as )?(?:a )?(?:do not|no) (?:call|contact|text|message)
opt out {who}
(?:unsubscribe|unsub|opt out|opting out) (?:from|of|to|for) {det}{texts}
(?:lose|forget|discard|trash|dump|destroy|ditch|toss|burn|throw away|get rid of) {number}
(?:put|add|place|include) {who} (?:on|to|in) {det}{dnc}
(?:(?:make|take) (?:a )?note|note|be sure|make sure|remember|careful) (?:not to|to never) {text} {me}
(?:make (?:sure|certain)|be sure|ensure|see|see to it)(?: that)? (?:i|we|{who}) (?:(?:do |does |am |is |are |will |can )?(?:not|never)|no longer) (?:be |get )*(?:{texted}|(?:get|gets|getting|receive|receives|receiving|see) (?:another )?{det}(?:(?:one )?of (?:these|this|them|those)|{texts}|one)(?!\\S))
(?:be|get) {removed} {off} {lists}
(?:can|could|may) (?:i|we|{who}) (?:be|get) (?:{removed}|off)
(?:get|have|getting|having) {who} (?:{removed}|off)
(?:my |our |all |any )?(?:prior |previous )?{consent}(?: (?:i|we) (?:(?:may|might|could|have|had|previously|once|ever) )*(?:given|gave|provided|granted)(?: you)?)?(?: to (?:text|contact|call|message)(?: me| this number)?)? (?:is |has been )?(?:now )?(?:revoked|withdrawn|rescinded|denied)
cease and desist
cease or desist
(?:cease|stop|discontinue|end) (?:all |any |any and all |further |all further )+(?:contact|communications?|texts|messages|texting|messaging|calls|correspondence)
(?:texts|messages|texting|messaging|calls|spam|communications?) (?:must|need to|needs to|have to|has to|should|to|got to|better|had better) (?:stop|end|cease)
(?:can|could|would) {det}(?:texts|messages|calls) (?:stop|end)(?! (?:up|on|in) )
make {det}(?:texts|messages|texting|messaging|calls|spam) (?:stop|end)
enough (?:with|of) {det}(?:texts|messages|texting|messaging|calls|spam)
enough (?:texts|messages|texting|messaging|calls|spam)
(?:mind|appreciate|appreciate you|how about|about|consider|by|and) {removing} {who}
"""
"""A request for a stop, whatever follows it, unless that limits it."""

WISHES = """
(?:what|which|do|can|why|how)(?: \\w+){0,6} (?:stop|unsubscribe|opt out)(?: \\w+){0,3} (?:understand|comprehend|unclear)
(?:what|which|do|can|why|how)(?: \\w+){0,4} (?:understand|comprehend)(?: \\w+){0,3} (?:stop|unsubscribe|opt out)
(?:want|would like|need|wish) (?:to be |to get |be )?(?:(?:put|added|placed) )?(?:on|to) {det}{dnc}
(?:want|would like|need|wish|like|trying) to (?:leave|exit|get out of|get off|quit) {lists}
(?:told|asked|tell|ask|want|like|need|prefer|rather|request|asking|begging|appreciate it if)(?: you)?(?: (?:before|already|once|twice|all|\\w+ times))? not (?:to )?{text} {me}
what (?:part |is it )?(?:of|about) (?:the word )?(?:stop|unsubscribe|opt out|remove me|do not (?:text|contact|call) me) (?:do|did|can|are) (?:you )?not
(?:consider|this is|here is|honor|accept|process|respect|take)(?: this)?(?: as)? (?:a|an|my|the) (?:formal |official )?(?:opt out|unsubscribe|stop|removal)(?: (?:request|notice))?(?! (?:signs?|lights?|gap|order|work|button|link))
(?:see|sure|ensure|see to it) (?:that )?(?:i am|i get|{who} (?:is|are|gets|get)) {removed}
that you not {text} {me}
(?:will|would) thanks not to {text} {me}
(?:want|need|would like|demand|insist|expect) (?:{number}) (?:taken |removed |deleted )?{off} {det}(?:lists?|database|system)
(?:request|requesting|demand|demanding|asking for|ask for|want|need) (?:the |immediate |my )*removal (?:from {lists}|of {who})
(?:do not|no longer|never|not) {want} [to (?:receive|get|see|have|be sent|read|keep getting|keep receiving) |receiving |getting ]{det}{texts}
(?:do not|no longer|never|not) {want} (?:your|these|this|any) {det}(?:texts|messages|calls|spam|crap|shit|garbage|junk|stuff|bs)
(?:do not|no longer|never|not) {want} (?:to )?(?:be )?(?:{texted}|hear from (?:you|this|them|your \\w+))
(?:do not|no longer|never|not) {want} to be (?:on|in|(?:a )?part of|included in|subscribed to|included on) {lists}
(?:do not|no longer|never|not) {want} (?:you|anyone|anybody|your \\w+) (?:to )?(?:be )?(?:{text}|{texting}) {me}
(?:do not|no longer) {want} (?:anything|nothing) (?:to do with you|from you)
(?:rather|prefer|wish|like|asked|choose|love) not (?:to )?(?:be {texted}|(?:receive|get|be sent) {det}{texts}|hear from you)
(?:prefer|like|want|wish) to not (?:be {texted}|(?:receive|get|be sent) {det}{texts}|hear from you)
(?:not|no longer) interested in (?:receiving|getting) {det}{texts}
(?:do not|no longer|never) (?:accept|permit|allow|welcome) {det}(?:texts|messages|texting|solicitations?)
(?:not|no longer) interested in {det}(?:texts|messages|text messages)
(?:want|wish|like|need|love|prefer|ask|asking|request|requesting|demand|demanding|asked|requested|expect|insist|trying|tried|choose) (?:to (?:be |get )|being |that (?:i|we|{who}) be |{who} (?:to be |be )?)(?:{removed}|off|out)(?: {off})? {lists}
(?:want|like|need|wish|love) (?:to be |to get )?(?:off|out of|off of) {lists}
(?:revoke|revoking|withdraw|withdrawing|rescind|rescinding|retract|cancel|remove|terminate) (?:(?:my|our|all|any|prior|previous|express|written|the|of|and|this) )*{consent}
do not (?:consent|agree) to (?:be|being|get|getting|receive|receiving|you|these|this|your|any|texts?|messages|further)
(?:do not|no longer) have (?:my|our) {consent}
(?:do not|no longer) (?:give|grant) (?:you )?(?:my |our |any )?{consent}
(?:do not|no longer) authorize (?:you|this|these|your|any|further|contact|texts)
(?:appreciate|great|nice|love|like|appreciated|prefer|grateful|thankful|obliged|happy|glad) (?:it )?if you (?:would |could )?(?:stopped|quit|stop|did not|do not) (?:{texting}|{text}) {me}
(?:rather|prefer|choose|wish|like|appreciate) not (?:to )?(?:receiving |getting |receive |get |have )(?:these|this|them|anything|any of these)
(?:rather|prefer|wish|like|love it if) (?:that )?you (?:did|would|do) not {text} {me}
(?:appreciate|prefer|enjoy|mind) not (?:being {texted}|(?:getting|receiving) {det}{texts})
(?:appreciate|great|nice|love|like|appreciated|prefer|grateful|thankful|obliged|happy|glad) (?:it )?if you (?:would |could )?(?:removed|deleted|took) {who}(?: off)?
(?:appreciate|request|prefer|like) being (?:{removed})
"""
"""The same as a wish, which somebody says of themselves ("I don't want …"), whatever follows."""

SHORT_REQUESTS = """
{stop} (?:\\w+ ){0,2}(?:texts|messages)
(?:strike|drop|scratch|scrub|wipe|clear|disregard) (?:my|this) (?:number|name)
no more of (?:these|those)
no (?:calls?|calling) (?:and |or )?no (?:texts?|texting)
no (?:texts?|texting) (?:and |or )?no (?:calls?|calling)
(?:do not|never) send (?:me )?(?:these|them|those)(?: to {me})?
(?:do not|never) send (?:me this|this to {me})
no {consent}
(?:exit|leave|quit) (?:(?:the|this|your|text|texting|mailing|message) )*list
(?:do not|never|no) (?:hit|blow) {me} up
(?:do not|never|stop) (?:include|including|involve|involving) {who} (?:in|on) {det}(?:texts|messages|texting|mailings?|texting list|list)
put an end to {det}{texts}
{cancel} (?:this|the|my|our) (?:text|texting|sms|message) (?:thread|chat|chain|conversation|campaign|blast)
{stop} (?:receiving|getting) (?:these|this|them|anything|it)
{stop} sending (?:this|these|them|shit|crap|stuff|junk|it|things|that)
{stop} (?:texting|messaging|contacting|calling|spamming|writing|sending|soliciting)(?: (?:and|or) (?:texting|messaging|contacting|calling|emailing|writing|sending))*
no (?:text|message|send|call|contact) me
no send [me ]{det}{texts}
no want {det}{texts}
not (?:another|one more) (?:text|message|call)
{stop} (?:with )?{det}{texts}
{cancel} (?:(?:my|the|this|these|all|your|our) )?{det}(?:subscriptions?|texts|messages|communications?|messaging|texting|alerts|notifications|updates|enrollment|sms)
(?:do not|never) (?:{text}|send|reach out)
(?:do not|never) (?:text|message|contact|send|call|write) (?:here|nobody|no one|or call|or text|and call)
no {det}(?:texts?|messages|texting|contact|communications?|sms|soliciting|solicitations?)
(?:remove|delete|erase|unsubscribe|unsub|purge|exclude|disenroll|deactivate|expunge|unregister|unlist|unenroll|deregister|blacklist) {who}
(?:remove|delete|erase|unsubscribe|unsub) (?:{off} )?{lists}
(?:take|get|cross|scratch|strike|pull|kick|drop) {who} (?:off|out|down)
(?:take|get) off {lists}
"""
"""A request for a stop if nothing follows it that may turn it to something else."""

SHORT_WISHES = """
(?:do not|no longer|never) {want} (?:these|these things|any of these|of these)
(?:be|get) {removed}
(?:i|we) keep (?:saying|texting|replying|sending|typing|telling you to|answering) {key}
(?:i|we) (?:am )?(?:opt|opting) out
(?:do not|no longer|never) {want} (?:to )?(?:receive|receiving|be contacted|be texted|get)(?: (?:this|these|them|it|anything))?
(?:want|like|need|wish) off
(?:want|wish|like|need|love|prefer|ask|asking|request|requesting|demand|demanding|asked|requested|expect|insist|trying|tried|choose) (?:to (?:be |get )|being |that (?:i|we|{who}) be |{who} (?:to be |be )?){removed}
opt out
optout
opting out
(?:removal|unsubscribe|opt out|cancellation|do not (?:contact|text|call)) request
request (?:to )?opt out
unsubscribe
unsubscribing
unsub
do not consent
{said} (?:you |with |back |to |the word )*{key}
(?:did (?:i|we) not|did not (?:i|we)) (?:already )?(?:say|tell you(?: to)?|text|reply|ask you to|ask you(?: to)?) {key}
(?:replying|texting|typing|sending|saying) {key}
(?:i|we) (?:have )?(?:opted out|unsubscribed)
"""
"""A wish if nothing follows it that may turn it to something else."""

LEADS = """
(?:can|could|would|will|wont) (?:you|someone|somebody|anyone|anybody|we|i)(?: not)?(?: be so kind as to| be kind enough to)?
(?:may|can|could|might) (?:i|we)
you (?:can|could|may|should|must(?: to)?|need to|have to|had better|better|will|would|got to|have got to|ought to|are to)
(?:i|we) (?:must |have to |need to |will |am going to |would |do |shall |kindly |can only |really )?{ask} (?:you|your \\w+|this number|that you|for you|this|it if you|if you|everyone|whoever this is)(?: (?:to|would|could|will))?
(?:i|we) (?:have )?(?:\\w+ )?(?:told|asked|begged|warned) you(?: \\w+)? (?:\\w+ )?(?:times )?to
(?:i|we) (?:am |have |have been |would |am going |will |do )*(?:want|wish|need|like|love|prefer|trying|tried|try|asking|ask|request|requesting|demand|demanding|choose|elect|decided|electing|choosing|asked|requested|going|ready|writing)(?: to)?
(?:i|we) (?:have )?(?:said|say|repeat|mean|meant|mean it)
(?<!no )(?:want|wish|need|wanting|hoping|looking|would like|like|trying|asking|requesting|request|time|writing|demand|begging)(?: you)? to
(?:would|do) you mind
(?:it would be |would be )?(?:nice|great|good|appreciated|grateful|best) if you (?:would|could|can)
do (?:me|us) a favor(?: and)?
(?:(?:would|could|will) you )?(?:(?:be )?(?:so|as) (?:kind|good|nice)|be kind enough|kind enough|good enough|be nice|have the (?:decency|courtesy|goodness|kindness)|see fit)(?: as)?(?: to| and)?
(?:go ahead|feel free|be sure|make sure|try|you are welcome|be a dear|be a good \\w+|you might|might as well|you may as well|you might as well)(?: and| to)?
(?:how about|why do not)(?: you)?
would it (?:kill|hurt|be so hard for) you to
is it (?:too much to ask|so hard|that hard|asking too much)(?: for you)? to
(?:it is |this is )?(?:high |about |past |well past )?time (?:for you )?(?:to|you)
how many (?:more )?times (?:do|must|did|have|should) (?:i|we) (?:have to |need to |had to |got to )?(?:tell|ask|told|asked|say|said)(?: you)?(?: to)?
let (?:me|us)
(?:is it possible|is there (?:any|a|some) (?:way|chance)|any (?:way|chance))(?: (?:that|to|for|you|i|me|we|could|can))*
(?:this is|consider this|here is|take this as) (?:my|a|an|our|me)(?: (?:formal|official|last|final|second|third|only|polite|written|legal))?
help me(?: to)?
thanks for (?:\\w+ ){1,4}?but
no need (?:to (?:respond|reply|answer|explain|apologize)|for (?:a )?(?:reply|response))
(?:consider|take|treat) this (?:as )?(?:\\w+ )?(?:notice|warning|request|demand)(?: to)?
you have (?:\\w+ ){0,2}(?:hours?|days?|minutes?|until \\w+|till \\w+) to
(?:be advised|note|know|understand|take note|be aware|make (?:a )?note|be informed|be notified|rest assured)(?: that| to)?
(?:(?:hey|ok|hello) )?(?:siri|google|alexa|bixby)(?: (?:reply|text|send|tell|say|write|answer|respond|message))(?: (?:back|a message|a text|this))?(?: (?:them|him|her|this person|this number))?(?: (?:to|saying|that|and say))?
(?:lol|haha|lmao)
(?:told|asked|begged|telling|asking) you(?: \\w+)? to
(?:i|we) thought(?: (?:i|we))?
(?:did i not|did not i|did we not) (?:\\w+ )?(?:tell|ask) you(?: \\w+)? to
(?:this is |this serves as |this constitutes |this shall serve as |consider this |take this as |here is )?(?:formal|legal|written|official|my|a|an|our|the|your) (?:\\w+ ){0,2}(?:request|notice|demand|warning|time)(?: for you)?(?: that you)?(?: to)?(?: ask| asking| telling you| i ask| i am asking| i say| i tell you)?(?: to)?
(?:for )?the (?:\\w+ )?(?:time|last time|hundredth time)
(?:last|final|first|second|third) (?:time|warning|notice|request)
(?:you are|you have been|you were) (?:\\w+ )?(?:told|asked|instructed|directed|notified|advised|ordered)(?: \\w+)?(?: \\w+)? to
(?:i|we) am (?:formally |hereby )?(?:informing|notifying|instructing|advising|directing) you to
if you (?:do|will) not
(?:or|because|also|either|like i said|as i said|note that|please)
(?:hello|hi|hey|dear) (?!(?:hello|hi|hey|dear)\\b)\\w+
"""
"""What may lead to a request without changing it."""
