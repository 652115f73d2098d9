"""The sentences of R8.1 to R8.3, as patterns over canonical words (``normal.canonical``). Tables only, a pattern a line.

A pattern is a regular expression that says ``[x ]`` for what may be missing and ``{x}`` for one of ``PARTS``.
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
(?:make (?:sure|certain)|be sure|ensure|see|see to it)(?: that)? (?:i|we|{who}) (?:(?:do|does|am|is|are|will|can) not|never|no longer) (?:be |get )*(?:{texted}|(?:get|gets|getting|receive|receives|receiving|see) (?:another )?{det}(?:(?:one )?of (?:these|this|them|those)|{texts}|one)(?!\\S))
(?:be|get) {removed} {off} {lists}
(?:can|could|may) (?:i|we|{who}) (?:be|get) (?:{removed}|off)
(?:get|have|getting|having) {who} (?:{removed}|off)
(?:my |our |all |any )?(?:prior |previous )?{consent}(?: (?:i|we) (?:(?:may|might|could|have|had|previously|once|ever) )*(?:given|gave|provided|granted)(?: you)?)?(?: to (?:text|contact|call|message)(?: me| this number)?)? (?:is |has been )?(?:now )?(?:revoked|withdrawn|rescinded|denied)
cease and desist
cease or desist
(?:cease|stop|discontinue|end) (?:all |any |any and all |further |all further )+(?:contact|communications?|texts|messages|texting|messaging|calls|correspondence)
(?:texts|messages|texting|messaging|calls|spam|communications?) (?:must|need to|needs to|have to|has to|should|to|got to|better|had better) (?:stop|end|cease)
(?:can|could|will|would) {det}(?:texts|messages|calls) (?:stop|end)(?! (?:up|on|in) )
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

SELF = r"(?:stop|quit|end|cease|unsub|cancel) (?:texting|messaging|contacting|calling|spamming|writing|sending|bothering|bugging)"
"""What the sender may say of themselves ("I need to stop texting")."""

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

SUBJECT = r"(?:i|we|my \w+ and i)(?: (?:(?!accidentally)\w+ly|thought i|thought we|had|am|would|have|hereby|do|the undersigned|choose to|want to|would like to|also))*"
"""Who wishes: that is no sign of somebody else."""

NEEDLESS = r"(?:(?:you|yall) (?:do|did|would|will) not (?:have|need|got|want) to|(?:nobody|no one) (?:has|needs|wants) to|no need(?: for you| at all)? (?:to|in))"
"""The end of what says that it need not be done ("you don't have to …")."""

PREVENTED = (
    r"(?:no (?:need|reason|cause|rush|point)(?: for (?:you|anyone)| at all)? (?:to|in)|not (?:saying|asking|suggesting)(?: you)?(?: to)?"
    r"|(?:not|never|nor|without)(?: (?:\w+ ){0,3}to| ever| you dare| even| need to)?)"
)
"""The end of what stands before a request that is none ("I don't want to …", "never …")."""

REPROACH = r"(?:(?:you|why|when) (?:will|do|can|did|would|could|are|have)(?: you)?(?: going to)?(?: ever)? not|why (?:can|will|do) you not)"
"""The end of what is no request, yet wants a stop ("you won't …")."""

PAST = r"(?:did|was|were|have|had) (?:i|we)|(?:why|when|how come|what day|since when) (?:did|have|had|were|was) (?:you|they|he|she|i|we|your \w+)"
"""The end of a question about what was done before."""

ASKING = (
    r"(?<!did )(?:i|we) (?:(?:am|really|just|must|have|had|already|would|will) )*(?:want|need|ask|asked|asking|told|tell|telling|beg|begged|like|prefer|request|demand)"
    r" (?:you|your \w+|this number)(?: (?:all|people|guys|\w+ times|once|twice|before|already))? to"
    r"|(?:it|i|we) would(?: be)?(?: (?:me|us|be|most|so|very|much|greatly|really|mean|help|grateful|nice|great|obliged|thankful|glad|happy|pleased|appreciated|appreciate|it|a lot))*(?: if you(?: would| could| can)?)?"
    r"|all (?:i|we) (?:want|ask|need|am asking)(?: \w+){0,2} is(?: for you)?(?: to)?"
    r"|(?:tell|ask|have|get) (?:them|someone|somebody|everyone|whoever \w+ \w+)(?: \w+)?(?: to)?"
)
"""The end of what stands before a request that the sender makes in so many words, whatever went before."""

OTHERS = (
    r"(?:(?:when|why|where|how|how long) (?:\w+ )?(?:will|are|do|would|can) you(?: going to)?|(?:i|we|let us|lets) (?:\w+ )?(?:will|can|should|must|might|may|could|shall|did|do|have|used to|promise to|am going to|have to"
    r"|need to|got to)|(?<!for )(?:he|she|they|it|people|everyone|somebody|nobody|who|which|that)"
    r"(?: (?:will|would|can|could|should|must|did|does|do|keeps?|to|has to|needs to|wont|always|never))?"
    r"|(?:my|his|her|their|the) \w+(?: \w+)? (?:will|would|can|could|should|must|did|does|do|keeps?|to|has to|needs to|wants to|wont|always|never)"
    r"|if (?:you|i|we|he|she|they)|when (?:you|i|we|he|she|they)|(?:him|her|them|bob|people|everyone|\w+) to|how (?:do|can|could|would|did|to|should) (?:i|we|you|one)(?: \w+)?"
    r"|where(?: do| can)?(?: i)?|how(?: do| can| could| would| should| to)?|why|whether|did you|have you|are you going to|you did|you have|if|when|i thought i|thought|i|we|would|will|does|did|to)"
)
"""The end of what stands before a request that is somebody else's, or asked about."""

SELVES = r"(?:i|we|let us|lets) (?:\w+ )?(?:will|can|should|must|might|may|could|shall|did|have to|need to|got to|want to|am going to|used to|am trying to|trying to|decided to)|i|we|need to|want to|trying to|going to"
"""The end of what stands before a request that the sender makes of themselves."""

LIMITS = (
    r"(?:at(?! (?:this|my) (?:number|phone|cell))|before(?! (?:i|we) (?:report|sue|call|block|lose|go|take))|after|until|till|til|unless|while|whilst|when|whenever|during|every|except|only if|if|today|tonight|tomorrow|in the"
    r"|this (?:morning|evening|afternoon|week|weekend|month|early|late|much|often)|so (?:early|late|often|much|many|frequently)"
    r"|too (?:much|often|early|late)|that (?:early|late|often|much)|late|early|back|on (?:\w+days?|weekends?|my day|holidays|christmas)"
    r"|more than|(?:but |just )?keep (?:the|those|sending)|but (?:not the|send)|for (?:a|the next|now|\d+) ?(?:while|few|day|days|week|weeks|month|hours|bit)?|as often|(?:several|multiple|\\d+) times a|from multiple|from different)"
)
"""What turns a request to stop into one for less, which is doubtful."""

AFTER_KEYWORD = (
    r"(?:i|im|wrong|not interested|not me|who (?:is|are|the|dis|this)|you (?:are|have|keep|got|will|would|do|did|can|were|need)"
    r"|this (?:is|number|phone)|that is|or (?:else|i|we|you|my|block|be|get|report|kiss|go|face|suffer|see|expect)|before (?:i|we)|because|since (?:i|we)|as (?:i|we)|means"
    r"|do not|leave me|no more|never|my (?:name|number|phone) (?:is|was|does|belongs)|sick of|tired of|there is"
    r"|(?:(?:for )?(?:the|my|this) )?(?:first|second|third|fourth|fifth|tenth|hundredth|umpteenth|nth|last|final|\d+(?:st|nd|rd|th)) (?:and (?:final|last) )?(?:time|request|notice|warning|attempt)"
    r"|(?:per|under|pursuant to|as per) (?:the )?(?:tcpa|fcc|ftc|ccpa|law|federal law|my)"
    r"|it is (?:annoying|too|not|been|spam|harassment|getting)|we (?:do|did|are|have|will|\w+ed)|no one|nobody|not (?:me|voting|interested|my|a)"
    r"|and (?:i|we|do not|take me|remove|delete|lose|never|leave me|unsubscribe|desist|thanks|please)|but (?:i|thanks)"
    r"|from (?:you|this|your)|take me|remove (?:me|my|this)|delete (?:me|my)|lose my|unsubscribe|stop|quit|opt out"
    r"|fuck|go away|get (?:lost|a life|me off)|voted|have voted|what (?:is this|the)|how (?:many|did|do)|where did|why (?:are|do))"
)
"""What may follow a keyword without changing it."""

AFTER_REQUEST = (
    rf"(?:{AFTER_KEYWORD}|\d+|my (?:mind|vote|inbox|goodness|god)|for (?:good|me|this number|my number)|via|enough|we"
    r"|you|this|that|it(?! (?:a|an|the|like))|its|and (?:stop|have|you|get|go|block|opt|cease|find|quit|also)|trump|biden|republicans?|democrats?"
    r"|(?:to|on|at|in) (?:this|my|our) (?:\w+ )?(?:number|phone|cell|cellphone|telephone|line|landline|mobile|device)|to (?:me|us|end|quit|opt out|unsubscribe)|lol|lmao|haha|smh|under|per|pursuant|in accordance|on (?:this|my) (?:number|phone|cell)"
    r"|at this number|about|regarding|concerning|(?!from )(?:\w+ ){0,2}times|sur (?:mon|ce) \w+|(?:a|en) (?:este|mi) \w+|to (?:(?:\w+|\d+) of )?(?:these|your|the|this) \w+|twice|yesterday|multiple|several|last (?:week|month|time)|(?:\w+ ){1,2}ago|thanks|anything|any \w+)"
)
"""What may follow a short request."""

COMPLAINTS = (
    r"(?:(?:per|under|pursuant to|in accordance with|according to) (?:the )?(?:tcpa|fcc|ftc|ccpa|gdpr|law|federal law)|(?:sorry )?(?:you have |you got |this is )?(?:the |a )?wrong (?:number|person)|(?:(?:and )?who (?:is|are|dis|this)(?: (?:this|you|it))?)+|new phone who (?:dis|is this|this)|(?:i am )?not interested(?: \w+){0,4}|(?:i )?(?:have )?(?:voted|donated|moved|gave)(?: \w+){0,5}"
    r"|go away|leave me alone|fuck (?:you|off)|fuck|shut up|i (?:have )?(?:never|did not|do not|have not) (?:sign|signed|opt|opted|ask|asked|request|requested|subscribe|subscribed|consent|give|gave|know|live|want|vote|support|care|agree|authorize)(?: \w+){0,10}"
    r"|(?:i am|this is) not (?:\w+ ?){1,3}|not me|(?:this is|thats|that is) (?:spam|harassment|annoying|ridiculous|a scam)|i am (?:so )?(?:sick|tired) of (?:\w+ ?){1,6}|(?:i )?do not know (?:you|who you are|who this is)"
    r"|how did you get my (?:number|info)|where did you get my (?:number|info)|i am (?:a |an )?(?:republican|democrat|independent|canadian|minor|child)|too many (?:texts|messages)|do not (?:text|contact|call|bother) me(?: \w+){0,3}|i hate (?:you|this|these texts)|(?:you are|your) (?:so |very |too |really )?(?:annoying|ridiculous|crazy|pathetic|relentless|a \\w+)|i said (?:stop|no)|no means no|no more|enough|(?:a )?(?:lifelong )?(?:republican|democrat|conservative|liberal|independent|trump|maga|biden)(?: here| supporter| voter| \d+)?|this is (?:a|an|my|the) (?:\w+ ){0,2}(?:line|phone|number|cell|landline)|i am (?:only )?\d+(?: years old)?|not {names})"
)
"""What makes a keyword at its end certain ("wrong number stop")."""

DOUBTS = """
(?!i (?:have|got|had|called|texted|dialed|contacted|reached|messaged|was|gave|put|wrote|entered))(?:(?:sorry|your|you|i|think|believe|am|afraid|it|seems|like|looks|pretty|sure|unfortunately|but|have|got|had|must|may|might|reached|texted|are|texting|called|contacted|dialed|messaged|this|is|its|that|was|the|a|an|hey|probably|obviously|clearly|to|dialing|calling|my|friend|still|again|has) )*(?:wrong|incorrect) (?:numbers?|person|phone|guy|girl|woman|man|lady|individual|contact|recipient|cell|people|family|house)(?! (?:won|wins|is|got|for the|to|on the ballot|in))
(?:tell|told|ask|asked|want|need|would like) (?:\\w+ ){1,2}to leave (?:me|us) alone
let (?:me|us) be$
(?:get|stay) (?:off|out of|away from) my (?:phone|back|life|inbox|face|case)
leave (?:me|us|me and my \\w+|my family|my phone|this number|my number)(?: the)? (?:alone|be|in peace)
(?:fuck|f|piss|bugger|sod|eff|back|jog|naff|screw|fk|f\\w*ck) off
(?:fuck|screw|damn|f|curse|eff) (?:you|u|yourself|yourselves)
go away$
go (?:to hell|fuck yourself|jump|pound sand|kick rocks|screw yourself|fk yourself|f yourself|die)
(?:shut up(?! (?:that is (?:so )?(?:amazing|awesome|great|wild|crazy|hilarious|cool|insane)|you (?:\\w+ed|went|did|got|won|met|saw|know|live|were)|no way|really|for real))|get lost|get bent|buzz off|bug off|beat it|take a hike|kiss my ass|eat shit|suck it|get a life|kick rocks|drop dead|shove it|stfu|gtfo|fo|kys|eat a \\w+|get away from me|pound sand|stay away from me|stay away)
(?:do not|quit|stop) (?:bother|disturb|bug|annoy)(?:ing)?(?: (?:me|us))?
(?:do not|never) (?:bother|disturb|bug|annoy|reply|respond) (?:me|us|to me|to this number|to my number)
how (?:do|can|could|would|should|might|did) (?:i|we|one|you) (?:\\w+ )?(?:stop|opt out|unsubscribe|get off|get out of|be removed|get removed|get taken off|cancel|end|get rid of|block|quit) (?:of |from |off )*(?:{lists}|{det}{texts}|this|these|it|you|(?:receiving|getting) .*)(?: (?:from|to|please|coming|you|then).*)?$
how (?:do|can|could|would|should) (?:i|we) (?:opt out|unsubscribe|stop|unsub|cancel|quit)$
how to (?:stop|unsubscribe|opt out)$
what (?:do|should|must|can) i (?:text|reply|send|say|type|do) to (?:stop|opt out|unsubscribe|quit|get off|cancel|end|be removed)(?: {det}(?:{texts}|{list}|these|this|it))?$
how to (?:stop|unsubscribe from|opt out of|get off) {det}(?:{texts}|{list})$
how (?:do|can|could) (?:i|we) make (?:it|this|these|the \\w+) stop
make (?:it|this|that) stop
(?:this|it) (?:needs to|has to|must|better|should|got to) (?:stop|end)$
(?:there is )?(?:no|nobody|no one|noone|not anyone|not anybody) (?:\\w+ )?(?:here )?(?:by that name|by this name|named \\w+|with that name|of that name|called \\w+)
(?:there is )?no \\w+ (?:at this number|lives here|lives at this number|with this number|on this number)
(?:{names}s?|(?:he|she)(?= (?:has )?moved)) (?:(?:is )?not here|(?:is )?(?:dead|deceased)|(?:has )?moved(?: away| out)?)$
(?:this is |it is )?not the (?:number|person|guy|woman|man)(?! (?:for|who|i))
(?:this is |it is )?not \\w+s (?:number|phone|cell)
(?:this number|this phone|this cell) (?:is|does) (?:not|no longer) (?:belong to )?\\w+
you have (?:someone|somebody) elses number
(?:i (?:think|believe|guess) )?(?:you |you are |you must )?(?:looking for|texting|want|need|mean) (?:someone|somebody) else$
i (?:\\w+ )?got this (?:number|phone)
(?:go )?(?:bother|text|harass|annoy|bug|call) (?:someone|somebody|anybody|anyone) else
up yours
(?:\\w+ ){1,2}(?:does not|do not|no longer|did not) (?:\\w+ )?(?:live here|work here|have this number|has this number|own this number|use this number|uses this number|owns this number|live at this|lives here|live here)
(?:\\w+ ){1,2}(?:is )?(?:not|no longer) (?:at|on|with|using) this (?:number|phone)
(?:this is|it is|that is|its) (?:not|no longer) (?:\\w+ )?(?:\\w+s|their|his|her) (?:\\w+ )?(?:number|phone|cell|line)
(?:this is|it is|its) (?:not|no longer) (?:\\w+ )?(?:number|phone) (?:for|of|belonging to)
(?:i am|im|this is|it is|you are) not (?:the |talking to |texting |speaking to |speaking with |who |trying )*(?:person|who you|guy|man|woman|one you|individual|right person|same person|\\w+ you are looking for|voter you)
not the (?:person|guy|right person|right number|one you)
(?:(?:you |u )?(?:have |got |reached )?(?:the )?wrong|(?:there is )?no(?= \\w+ here$)|(?:i am|this is|it is|you are not texting|you are not talking to)? ?not|(?:i )?do not know(?: a| any| anyone named| anybody named| who| this)?|(?:i )?(?:have )?never heard of) {names}(?: \\w+)?$
(?:i am|this is) not (?:a |an )?(?:mr|mrs|ms|miss|dr) \\w+
(?:you have|you got|you are texting|you texted) (?:the )?(?:someone else|somebody else|a stranger|an old number|a different person)
(?:this|it|that) (?:number |phone |phone number )?(?:belongs to|is) (?:someone else|somebody else|a different person|a new owner|another person)
{sorry}?{person} (?:{dead}{lately}$|(?:has |have |got )+(?:a )?(?:new|different) (?:number|phone)$|(?:has |have )?(?:changed|switched) (?:(?:his|her|their) (?:number|phone)|numbers|phones)|(?:does not|do not) (?:have|own|use) a (?:cell|phone|cellphone|cell phone|mobile)$|(?:does not|do not|did not|no longer|is not the one who) (?:\\w+ )?(?:has|have|had|own|owns|use|uses|answer|answers|carry|carries) (?:this|that|the) (?:\\w+ )?(?:number|phone|cell|line))
(?:he|she) is (?:dead|deceased)(?! (?:wrong|set|serious|right|last|tired|on|in|to|broke|meat|weight|certain|sure|even))
{sorry}?(?:\\w+ ){1,3}(?:does not|do not|did not|no longer) (?:\\w+ )?(?:have|has|own|owns|use|uses) (?:this|that) (?:\\w+ )?(?:number|phone|cell|line)
(?:i )?(?:have )?(?:only |just )?(?:had|owned) (?:this|the same) (?:\\w+ )?(?:number|phone|cell)(?: now)? (?:since|for|\\d+|over|about|almost|nearly|going on)
(?:a )?new (?:number|phone|owner)(?: (?:and|this is|i am|it is|and i am|and this is))? (?:not \\w+|do not know (?:any|a|anyone|who) \\w+)
(?:my|our) {kin} (?:had|owned|used) this (?:number|phone|cell)
(?:this|this is|this phone is|this number is|this phone belongs to|this number belongs to|that is|it is)(?: a| an| my| our| his| her)+ (?:\\d+ year olds? )?(?:{kin}|minors?|teenagers?|\\w+ year olds?) (?:phone|cell|number|tablet|ipad|line|device)
(?:this|the) (?:\\w+ )?(?:number|phone|cell|line) (?:now )?(?:belongs to|belonged to|is used by) (?:a|an|my|our|another|someone|somebody|not)(?: \\w+)*
this is (?:a|an|the|our) (?:business|work|office|company|school|church|government|hospital|emergency|land) ?(?:phone|line|number|cell|landline)$
this is (?:a|my|our) landline$
(?:you are )?(?:texting|messaging|contacting|harassing|bothering|spamming) (?:a|an|my) (?:(?:dead|deceased) \\w+|(?:\\w+ ){0,2}year old|minor|child|kid|teen\\w*|toddler|baby|{kin}|landline|stranger)
i am (?:only|just) \\d+(?: (?:years|yrs|yo|yrs old|years old))?$
(?:.* )?i am (?:only |just )?1[0-6]$
i am (?:(?:[5-9]|1[0-6]) (?:years old|yrs old|yo|year old)|[5-9]|1[0-3]|a minor|a child)(?:$| (?:lol|bro|who|and who|why))
(?:you )?(?:just |only |please )*(?:e ?mail|mail|write|contact|reach|send)(?: (?:me|us))?(?: (?:a|an|by|via|letter|email|mail|phone|e mail|the old fashioned way))* (?:instead of|rather than|not|and not) (?:by |a |via |with |these |all these |any )*(?:texting|texts?|sms|messages|messaging)
(?:only|just|solely) (?:e ?mail|mail|email or call)(?: (?:me|us))?$
(?:e ?mail|mail|contact|reach|write)(?: (?:me|us))? (?:by (?:e ?mail|mail|letter|post) )?(?:only|instead|from now)$
(?:only )?(?:contact|reach|write) (?:me|us) (?:only )?(?:by|via|through) (?:e ?mail|mail|letter|post)(?: (?:only|instead|please))?$
(?:by|via) e ?mail (?:only|instead)$
(?:i|we) (?:would )?(?:much )?(?:prefer|rather have|rather get|rather) (?:an |by |to get |to receive |getting )?(?:e ?mails?|mail|letters)(?: (?:only|instead|over texts?|to texts?))?$
(?:only|just) {text} {me} (?:about|when|if|for|on|once)
{stop} sending (?:me |us )?(?:(?:the|those|these|all|all the|any) )+\\w+ ones
(?:you |yall )?(?:{text}|send) (?:{me} )?(?:\\w+ )?(?:too|so|way too|far too) (?:much|often|many|frequently)
(?:{text}|send)(?: {me})? (?:me )?(?:a (?:bit|little|lot) )?(?:less|fewer|not so|not as)(?: (?:often|frequently|much|many|texts|messages|of these))*$
(?:fewer|less) (?:{det}(?:texts|messages|texting|messaging)|of these)
(?:you |yall )?(?:{text}|texting|messaging) {me} (?:(?:every|all) (?:single |damn |other )*(?:day|the time|hour|week|minute|few \\w+)|constantly|daily|nonstop|non stop|hourly|incessantly|relentlessly)
(?:too|so) (?:much|many) {det}(?:texting|messaging|texts|messages)
(?:that is|this is|it is)?(?: ?(?:like|already|now|literally))*(?: ?(?:the|my|your))? ?(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\\d+(?:st|nd|rd|th)) (?:text|message)(?: (?:from you|i have gotten|i got|you have sent|you sent))*(?: (?:today|this week|this month|this morning|tonight|in \\w+ \\w+))
if you (?:ever )?{text} {me}(?: (?:one more time|once more))?(?: (?:i|we) (?:will|am going to|am) (?:be )?(?:call|su|report|block|contact|fil|press|tak)\\w*.*)
(?=.*\\b(?:i|we|you|your|reported|reporting|filed|filing|tcpa)\\b)(?=.*\\b(?:report\\w*|complain\\w*|violat\\w*|breach\\w*|forward\\w*|sue|suing)\\b).*\\b(?:fcc|ftc|tcpa|7726|attorney general|phone carrier)\\b.*
(?:i|we) (?:am|are|will be|have been|will|have) (?:\\w+ )?(?:contact\\w*|call\\w*|notif\\w*) the (?:fcc|ftc|attorney general|police)(?: (?:about|on) (?:you|this|these)(?: \\w+)*)?$
(?:it is |you know it is )?(?:illegal|against the law|unlawful) (?:for you )?to (?:text|contact|message|call|spam)
(?:i |we )?(?:am |are )?(?:mark\\w*|flag\\w*|report\\w*) (?:(?:this|you|it|number|the|your|these|texts|message|as) )*(?:as )?(?:spam|junk|scam)
(?:do not|stop|quit|never) ask(?:ing)? (?:me|us) (?:for|to (?:donate|give|contribute|chip in|pay)) ?.*
no more (?:fundrais\\w+|donat\\w+|begging|asking|solicit\\w+)(?: (?:requests?|asks?|texts?|messages|for (?:money|donations)))*$
(?:this|the) (?:\\w+ )?(?:number|phone) (?:was|has been|got|is|been) (?:reassigned|recycled|disconnected)
(?:whoever|the person) you (?:want|need|are looking for|are trying to reach|are texting) (?:is )?not here
(?:never|have not) heard of (?:her|him|them|this person|that person)
(?:i )?get (?:way |far )?(?:too|so) many(?: of (?:these|them|those|your texts)| texts| messages)
not (?:so|as|this|that) many {det}(?:texts|messages)
(?:tone|slow|cut|scale|ease|dial) (?:it )?(?:down|back|up|off)(?: on| with)? {det}(?:texts|messages|texting|messaging)$
e ?mail (?:is|would be|works) (?:better|best|easier|preferred)(?: for me)?$
(?:my|our) {kin} (?:is using|uses|is on) this (?:number|phone|cell)$
this (?:used to be|was) (?:\\w+ ){1,3}(?:phone|number|cell)$
this (?:phone|number|cell) is (?:now )?(?:my|our|a) {kin}$
i am an? (?:[5-9]|1[0-7]) (?:year|yr) old$
(?:i )?only (?:do|use|want|take|accept) e ?mails?$
send (?:me |us )?(?:an )?e ?mails? instead$
(?:i am |i will be )?(?:calling|contacting) my (?:lawyer|attorney)$
see you in court$
\\d+ (?:texts|messages) (?:in (?:one|a|1) day|today)
(?:stop|quit) being (?:so |such )?(?:annoying|a pest|a nuisance|a pain)$
(?:these|they|this|it) (?:are|is) (?:(?:so|very|really|getting|just|too|pretty|quite) )*annoying$
(?:will|do|does|are|when (?:will|do|does|are)|how (?:do|can) i make) (?:you |it |all |any )*(?:of )?(?:these|those|{det}{texts}) (?:(?:going|supposed) to )?(?:stop|end|quit|cease)$
(?:pause|hold|snooze|suspend|mute|delay)(?: off)?(?: on)?(?: sending)? (?:{me} )?{det}(?:texts|messages|texting|messaging)(?! (?:sent|to))
(?:(?:(?:i|we) )?(?:think|believe|guess|suspect|assume) )?(?:that )?(?:maybe )?you (?:\\w+ )?(?:meant|intended|mean|are trying|were trying|wanted)(?: (?:this|that|it|to|text|texting|message|reach|contact|for|send|be))* (?:someone|somebody) else$
(?:.* )?(?:500|1500|1 500) (?:dollars |bucks )?(?:per|a|for each|for every|each) (?:unwanted |illegal |single )?(?:text|message|violation)
this is (?:a|an) (?:kid|child|minor|teenager|little (?:girl|boy|kid)|\\w+ year old)$
i am in (?:the )?(?:(?:[1-9](?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth) grade|kindergarten|elementary school|middle school|junior high)
no {consent} (?:was )?(?:given|granted)
(?:.* )?(?:sent|sending|send|forward\\w*|report\\w*) (?:(?:this|it|these|your|you|to|number|text|texts) )*7726
7726$
(?:.* )?(?:i am|number is|phone is|we are|cell is|line is|is|registered)(?: \\w+)? (?:on|with|in) (?:the )?(?:national |federal |state )?(?:do not call|dnc|no call)(?: (?:list|registry|register))?
(?:tcpa|dnc|do not call|fcc|privacy) violations?
(?:this|it|texting \\w+(?: \\w+){0,3}|what you are doing|contacting me) (?:is|are) (?:(?:so|very|also|totally|highly|probably) )?(?:illegal|unlawful|against the law|breaking the law|a (?:federal )?(?:crime|offense|violation)|a violation of \\w+(?: \\w+)*)$
(?:you are |you |your )(?:all )?(?:\\w+ )?(?:breaking|violating|in violation of) (?:the |federal |state |do not call |my )*(?:law|laws|tcpa|rules|rights|privacy)
(?:you )?(?:(?:will|can|are|am|going|to|be|gonna|should|expect) )*(?:hear|hearing) from my (?:lawyer|attorney|lawyers|attorneys)
my (?:lawyer|attorney) (?:will|is going to) (?:be|contact|hear|call|get|reach)
(?:nobody|no one|noone) (?:\\w+ )?(?:wants|asked for|likes|needs) {det}(?:texts|messages|calls|spam)
(?:get|got|getting|receive|receiving) (?:(?:like|about|over|around|at|least|more|than|up|to) )*\\d+ of these(?: \\w+){0,3}$
(?:give (?:it|me|us) a (?:rest|break) (?:with|from) {det}(?:texts|messages|these|this))
mistaken identity
(?:this|it|that) is not (?:him|her|me|my name|my number)$
my name is not \\w+$
i am not (?:him|her)$
(?:i think |think |i believe )?(?:you )?(?:have |got |must have )*me (?:confused|mixed up|mistaken)
(?:\\w+ ){0,4}?(?:looking for|texting|contacting) (?:someone|somebody) else$
(?:someone|somebody) else has (?:this|that|my) (?:number|phone)
not? (?:longer )?(?:his|her|their) (?:number|phone)
(?:i am )?(?:blocking|reporting|have blocked|going to block|about to block|have reported|gonna block) (?:you|this number|this)
(?:i )?(?:have )?(?:blocked|reported)(?: (?:you|as spam|and blocked|this|for spam|to \\w+).*)?$
(?:i|we) (?:will|am going to) (?:report|block|sue) (?:you|this)
(?:report|reported|reporting)(?: you)?(?: as)? (?:spam|junk)
(?:this is |its |it is |that is |nothing but )?(?:spam|harassment|a scam|harassing)$
(?:i )?(?:am )?(?:so |very )?(?:sick|tired|fed up) (?:of|with) {det}(?:texts|messages|texting|messaging|spam|calls|you|this|hearing from you)
(?:i )?(?:hate|am annoyed by|can not (?:stand|take|deal with|handle)) (?:getting |receiving )?{det}(?:texts|messages|spam)
{det}(?:texts|messages|calls) (?:are|is) (?:so |very |really |getting |just )*(?:annoying|harassment|harassing|spam|unwanted|ridiculous|excessive|out of control|too much|unsolicited|illegal)
who gave you (?:permission|consent)
(?:i )?never (?:subscribed|signed up|opted in|agreed|consented)(?: to this)?$
(?:honor|respect) my (?:request|wishes)
(?:way |far )?(?:too many|so many) (?:texts|messages|calls)
(?:i )?(?:have )?(?:did not|never|do not remember|do not recall) (?:\\w+ )?(?:sign|signed|signing|opt|opted|opting|subscribe|subscribed|subscribing|agree|agreed|consent|consented|authorize|authorized)(?: \\w+)? (?:up|in|to|for|this|these)
(?:i )?(?:have )?(?:did not|never) (?:request|requested|ask|asked) (?:for (?:this|these|your|texts)|to be (?:texted|contacted|added|on|messaged)|to (?:receive|get)|you to (?:text|contact|message))
(?:i )?(?:did not|never|have not) (?:give|gave|given) (?:you )?(?:\\w+ )?(?:consent|permission|my number)
(?:you are |your )?(?:not welcome|unwelcome)
(?:i )?(?:want|would like|wish) (?:to (?:cancel|quit|end|stop|leave|get off|get out|exit|be left alone|end this|stop this)|out|this to (?:stop|end)|it to (?:stop|end)|nothing to do with you)$
(?:you|u) (?:need|have|ought|can|should|must|better)(?: to)? (?:stop|quit)$
(?:why|when) (?:do|will|can|are) (?:you|u) (?:not )?(?:\\w+ )?(?:keep |going to |still )?(?:stop|leave me alone|texting me|contacting me|quit)(?! (?:from|on|with|via) (?:an?|the|this|your|my|\\d+) )
(?:why are you|you are|you keep|you) (?:still )?(?:texting|messaging|contacting|harassing|spamming|bothering) (?:me|us)(?! (?:from|on|with|via) (?:an?|the|this|your|my|\\d+) )
(?:one more|another) (?:text|message) (?:and|or)
{remove} (?:me|us|this number|my number) {off} \\w+
{stop} (?:emailing|mailing|e mailing) (?:me|us)
(?:{stop} sending|do not send|no more) (?:me |us )?{det}(?:emails|email|mail|e mails)
{stop} asking(?: (?:me|us|for (?:me |my )?(?:\\w+ )?(?:money|donations|help)|me for .*))?$
{stop} (?:begging|talking to me|replying|responding|talking|trying|asking me|emailing|asking for money|pushing).*
does not want (?:to (?:be {texted}|receive)|{det}{texts}|your)
block (?:me|us|my number|this number)
(?:count|leave|keep) (?:me|us) out(?: of (?:this|it))?$
(?:text|reply|send|respond|type|say)(?: with)? (?:stop|end|quit|unsubscribe|cancel)(?: (?:to|2) (?:opt out|quit|end|stop|unsubscribe|cancel))?$
(?:do not|no) (?:call|contact|text) list
i (?:quit|exit|revoke|am out)$
(?:no|not) (?:thank you |thanks )?(?:interested|interest)(?: .*)?$
(?:stop|unsubscribe|opt out|quit) (?:it |that )?(?:(?:you )?(?:jk|lol|lmao|rofl|haha|hahaha|hehe|ha|jaja) ?)+
"""
"""Doubtful, at the beginning of a clause; ``$`` where nothing may follow."""

PRONOUNS = """
{stop} (?:them|these|those|(?:all|every one|each) of (?:them|these|those|it))$
(?:do not|never) {text} (?:it|him|her|them)$
do not use it(?: for \\w+)?$
(?:i )?(?:want|would like|need) it {off} {det}(?:list|lists|database|system)
"""
"""Requests if other words of the text name what they are for, otherwise none."""

OF_OTHERS = """
(?:remove|take|unsubscribe|delete|opt|get|drop|strike|erase) (?:him|her|them|it|my (?:late )?\\w+|(?:his|her|their) (?:\\w+ )?(?:name|number|info|information|contact|entry)|\\w+) (?:off |out |out of |from |off of |of )+{det}(?:list|lists|database|system|contacts|texts|messages|group)
(?:remove|delete|unsubscribe|erase) (?:him|her|them|it|(?:my|our) {kin})$
(?:take|get|drop|strike|cross|opt) (?:him|her|them|it|(?:my|our) {kin}) (?:off|out)$
{stop} {texting} (?:him|her|them|it|people|folks|voters|(?:my|our) {kin})(?: (?:about|with) .*)?$
{stop} (?:sending|send) (?:him|her|them|it|(?:my|our) {kin}) {det}(?:{texts}|these|this|shit|stuff)
(?:i )?(?:want|would like|need) (?:him|her|them) {off} {det}(?:list|lists|database|system)
"""
"""The same, doubtful by themselves."""

REFERENTS = """
(?:this|my|our) (?:\\w+ ){0,2}(?:phone|number|cell|line|tablet|ipad|landline|device)
(?<!from )(?<!off )(?<!of )(?:the|your|these|those|all these) (?:\\w+ )?(?:texts|messages|texting)
{kin} (?:and|who) .* (?:her|his|their) (?:phone|number|cell|tablet)
this is (?:her|his|their) (?:phone|number|cell|tablet)
your (?:\\w+ )?numbers
(?:{kin}|he|she|{names}) {dead}
late (?:husband|wife|mother|father|mom|dad|son|daughter|brother|sister|grand\\w+)
"""
"""What names the phone or the texts that a request refers to, or says that whose phone it was died."""

PLAYFUL = """
you are (?:so |too |such |way |just |really |making me |all )*(?:kind|sweet|funny|nice|much|a hoot|a riot|a sweetheart|killing me|cracking me up|blush(?:ing)?|laugh(?:ing)?|smile|cry|crazy lol|tear up)
you (?:crack|make|cracked|made) me (?:up|laugh|smile|blush|cry)
i was just thinking (?:about|of) you
(?:that|this|it) is (?:so |just |too |really |absolutely |actually )*(?:hilarious|amazing|awesome|funny|great|adorable|cute|sweet|beautiful|incredible|wild|gold|perfect|precious|insane|wonderful|lovely|(?:too |so )good|(?:the )?(?:best|greatest|craziest|funniest|cutest|sweetest|coolest) (?:\\w+ )?(?:news|thing|day|text|message|video|picture|meme))
hammer time
(?:you )?in the name of love
drop and roll
"""
"""Beside these a "stop" is banter or a quotation."""

WHOLE_DOUBTS = """
\\w+ {dead}{lately} (?:i am|this is) (?:his|her|their) {kin}(?: \\w+)?
(?:stop|quit|end|cancel|cut) (?:it|this|that|these|those|everything|it out|this shit|this crap|this bs|that shit|all of this|all this|all of it|this nonsense|doing this|doing that|already|bothering|harassing|annoying)
(?:stop|quit|cancel|end|exit) (?:me|my service|service|my account|account|membership|my membership|conversation|this conversation|chat|this chat)
cancel everything
(?:you|yall) (?:do not (?:have|need)|no longer (?:have|need)) to (?:keep |continue )?(?:{text}|{texting}) (?:me|us|this number)
(?:stop|quit|pause) (?:until|till|til|for (?:now|a while|a bit|a few)) ?.*
(?:this is|i am|it is) (?:his|her|their) (?:{kin}|caregiver|caretaker|guardian|nurse) (?:and )?(?:he|she|they) .*
knock it off
cut it out
give (?:it|me|us) a rest
(?:so|very) annoying
(?:blocking|reporting)(?: you| now| this)*
(?:leave|let) (?:people|folks|everyone|us all) (?:alone|be)
(?:dead|deceased|passed away)
(?:i )?(?:have )?had enough(?: of (?:this|you|it|these texts))?
(?:stop|enough) with (?:this|that|it)
enough(?: (?:is enough|of this|of that|with this))?
no more(?: (?:of this|of that|of these|of it))?
(?:i am )?(?:not interested|uninterested|no longer interested|not at all interested|never interested|no interest|have no interest|i have no interest)(?: (?:at all|in this|in any of this|in you|in your .*))?
i am done(?: with (?:you|this|these).*)?
(?:i am )?(?:over it|over this|fed up)
do not want(?: (?:this|it|any|anything))?
(?:i|we) do not want (?:this|it|any|anything|any of this)
unwanted(?: texts?| messages?)?
(?:un)?subscribed? (?:me )?not
off(?: (?:list|the list|your list))?
(?:no|not) text
no contact
(?:stopping|stopped|opted out|unsubscribed|remove this|delete|delete this|block|erase|delete it|remove it|removed me|discontinued)
(?:who is this )?do not (?:know you|know who this is)
i do not know you
not (?:him|her|my number|my name|this person)
(?:no|bad) number
alone
(?:do not|not) (?:reply|respond)
reported
(?:i )?refuse
not your business|none of your business
"""
"""Doubtful, if it is all of a sentence."""

ABOUT_OTHER_LISTS = """
end to end
(?:do not |no |stop |quit )?text(?:ing)? (?:and|while|or) driv\\w+
(?:do not|stop) call(?:ing)?(?: me| us| my \\w+)? (?:(?:but|you|can|rather|instead|always|only|it is|i|we|prefer|better to) )*(?:text|texts|texting|email)(?: (?:me|us|instead|only|it|them))*(?: (?:is|are|works|would be) .*)?(?= lol|$)
(?:unsubscribe|opt out|remove me|take me off|get off) (?:(?:from|of|off) )*(?:\\w+ )?(?:e ?mail )(?:newsletters?|blasts?)
(?:remove|take|get|delete|drop|scratch|cross|strike|put) (?:me|us|my name|our name|my number|my \\w+) (?:from|off of|off|out of|out from|out to|out for|in|on|down) (?:\\w+ ){0,5}?(?:shifts?|schedule|(?:potluck|snack|carpool|bake sale|cleanup|prayer|speakers?|wedding|dinner|picnic|chore|grocery|shopping|to do|bcc|cc|raffle|door prize|seating|standby|contractor|vendor|nominee|candidate|slate|endorsement) list|guest list|events?|meetings?|calendar|invite|roster for|volunteer list|waitlist|waiting list|wait list|canvas\\w*|phone ?bank\\w*|ballot|voter rolls?|rolls|jury|team|committee|board|rsvp\\w*|sign up sheet|signup sheet|payroll|mailing address|lunch|dinner|ball ?game|coffee|carpool|ride\\w*|zoom\\w*|march|rally|training|walk list|speaker\\w*|petition|hold|office|slot|saturday|sunday|monday|tuesday|wednesday|thursday|friday)
(?:remove|take|cancel|delete) (?:the|a|my|our|that|your) (?:yard |lawn )?signs?
(?:no|ne|nao|nunca|jamas|n) (?:pares?|paren|parem|dejes?|dejen|deixe|deixem|cesen?|cessez|arretez|narretez)(?: de)?
narretez(?: (?:pas|jamais|rien))*
no (?:me )?(?:quiero |quisiera |deseo |quero |pienso )(?:darme de baja|cancelar|desuscribirme|salir|sair|dejar de|que me (?:den|quiten|saquen|borren))
no (?:me |nos )?llame[ns]? (?:(?:mejor|solo|pero|por) )*(?:mand|escrib|envi|text)\\w+
(?:ne )?(?:me |m |n)?(?:m|n)?appelez (?:pas|plus) (?:\\w+ )?(?:ecrivez|textez|envoyez) moi
no (?:me )?(?:quiten|quite|saquen|borren|eliminen|remuevan|den|den de baja|desuscriban)
nao (?:me )?(?:tire|tirem|remova|remover|retire|retirem|exclua|descadastre)
ne me (?:desabonnez|retirez|enlevez|supprimez|desinscrivez)(?: pas)?
"""
"""What looks like a request and is about something else: left out before requests are looked for."""

PREFERS_TEXTS = """
text(?:s|ing)? (?:is|are|works|would be) (?:\\w+ )?(?:better|best|fine|ok|okay|good|great|easier|preferred|faster)
(?:only|instead|rather) text (?:me|us)$
text (?:me |us )?(?:instead|only|rather|anytime)$
(?:(?:i|we) )?(?:would )?(?:prefer|rather) (?:\\w+ )?text(?:s|ing)?
"""
"""Beside these who asks for no calls wants texts."""

CALLS = """
{stop} (?:calling|phoning|ringing)(?: {me})?
(?:do not|never) (?:call|phone|ring)(?: {me})?
"""
"""Doubtful if they are all of a text: it speaks of calls, and may mean texts."""

AUTOMATED = """
(?:thanks|thank you) (?:you )?for (?:contacting|texting|messaging|calling|reaching|your (?:message|text|call|interest|business|patronage|order))
(?:auto(?:mated|matic)?) (?:reply|response|message|text)
automated
(?:this )?(?:number|inbox|line|phone|mailbox) is not monitored
(?:msg|message|msgs|messages) (?:and )?data rates
you have reached
(?:our|the) (?:office|store|shop|business|clinic|restaurant)(?: hours)? (?:is|are)
(?:we will|will) (?:be with you|get back to you|respond|reply)
help for help
"""
"""What a machine writes: its "Reply STOP to unsubscribe" is no answer to us."""

INSTRUCTION = (
    r"(?:(?:or|and|you can|can|may) )*(?:to (?:\w+ ){1,4})?(?:(?:reply|text|send|respond|type|answer) (?:with )?"
    r"(?:stop|end|quit|cancel|unsubscribe|help|info)(?: .*)?"
    r"|(?:stop|end|quit|cancel|unsubscribe|help|info) (?:to|for|2|at any time to) .*)"
)
"""What it writes so."""

THREAT = r"(?:if you (?:do|will|can|would) not|unless you|until you|till you)"
"""The end of a threat: what follows it is the request."""

CONTINUED = r".* (?:and|so|but)(?: (?:(?:i|we) )?(?:would|am|do|really))?"
"""The end of another clause."""

FORBIDDEN = r"(?:do not|never) (?!have|consent|agree|give|grant|authorize|want|wish|care|need|like)"
"""A request that tells a fact as soon as a subject stands before it ("you don't text me")."""

REPORTS = r"(?:said|texted|replied|typed|answered|responded|wrote|sent|told|asked|begged)"
"""What was said before: a request if the sender said it."""

SUBJECTS = r"(?:i|we|you|they|he|she|people|who)(?<!that you)(?<!if you)"
"""Such subjects."""

FIGURES = r"(?:(?:no(?! (?:me|nos|quier\w+|quer\w+|quis\w+|dese\w+|autoriz\w+|acept\w+|doy|les|le|vuelv\w+|volver|envi\w+|mand\w+|escrib\w+|us\w+))|enough|not another|not one|not (?:send|text|message|contact|call|write))\b|(?:be|get) )"
"""Requests that need a lead: elsewhere they tell how many, or who is to be removed."""

NOUNS = r"(?:opt|unsub\w*)\b"
"""Requests that may be a noun."""

BEFORE_A_NOUN = r"(?:a|an|the|this|that|your|my|our|what|which|is|from|for|of|on|no)"
"""The end of what stands before a noun."""

CONDITIONS = r"(?:if|when|whenever|once|until|before|after|where|as soon|at|unless|in|and|then)\b"
"""The beginning of a clause on which a "stop" after it depends ("when it is red, stop")."""
