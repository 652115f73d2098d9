"""What may mean a stop, or says that the phone is somebody else's (R8.2), in the manner of ``phrases``. Tables only."""

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
(?:nobody|no one|noone) (?:\\w+ )?(?:wants?|asked for|likes?|needs?) {det}(?:texts|messages|calls|spam)
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

CALLS = """
{stop} (?:calling|phoning|ringing)(?: {me})?
(?:do not|never) (?:call|phone|ring)(?: {me})?
"""
"""Doubtful if they are all of a text: they speak of calls, and may mean texts."""

OF_OTHERS = """
(?:remove|take|unsubscribe|delete|opt|get|drop|strike|erase) (?:him|her|them|it|my (?:late )?\\w+|(?:his|her|their) (?:\\w+ )?(?:name|number|info|information|contact|entry)|\\w+) (?:off |out |out of |from |off of |of )+{det}(?:list|lists|database|system|contacts|texts|messages|group)
(?:remove|delete|unsubscribe|erase) (?:him|her|them|it|(?:my|our) {kin})$
(?:take|get|drop|strike|cross|opt) (?:him|her|them|it|(?:my|our) {kin}) (?:off|out)$
{stop} {texting} (?:him|her|them|it|people|folks|voters|(?:my|our) {kin})(?: (?:about|with) .*)?$
{stop} (?:sending|send) (?:him|her|them|it|(?:my|our) {kin}) {det}(?:{texts}|these|this|shit|stuff)
(?:i )?(?:want|would like|need) (?:him|her|them) {off} {det}(?:list|lists|database|system)
"""
"""Requests for somebody else, doubtful by themselves."""

PRONOUNS = """
{stop} (?:them|these|those|(?:all|every one|each) of (?:them|these|those|it))$
(?:do not|never) {text} (?:it|him|her|them)$
do not use it(?: for \\w+)?$
(?:i )?(?:want|would like|need) it {off} {det}(?:list|lists|database|system)
"""
"""Requests for "it": they and those of others are certain if other words of the text name what they are for."""

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
