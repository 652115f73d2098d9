"""What stands before and behind a request or a keyword, and what it makes of them (R8.1 to R8.3). Tables only."""

SELF = r"(?:stop|quit|end|cease|unsub|cancel) (?:texting|messaging|contacting|calling|spamming|writing|sending|bothering|bugging)"
"""What the sender may say of themselves ("I need to stop texting")."""

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

THREAT = r"(?:if you (?:do|will|can|would) not|unless you|until you|till you)"
"""The end of a threat: what follows it is the request."""

CONTINUED = r".* (?:and|so|but)(?: (?:(?:i|we) )?(?:would|am|do|really))?"
"""The end of another clause."""

LIMITS = (
    r"(?:at(?! (?:this|my) (?:number|phone|cell))|before(?! (?:i|we) (?:report|sue|call|block|lose|go|take))|after|until|till|til|unless|while|whilst|when|whenever|during|every|except|only if|if|today|tonight|tomorrow|in the"
    r"|this (?:morning|evening|afternoon|week|weekend|month|early|late|much|often)|so (?:early|late|often|much|many|frequently)"
    r"|too (?:much|often|early|late)|that (?:early|late|often|much)|late|early|back|on (?:\w+days?|weekends?|my day|holidays|christmas)"
    r"|more than|(?:but |just )?keep (?:the|those|sending)|but (?:not the|send)|for (?:a|the next|now|\d+) ?(?:while|few|day|days|week|weeks|month|hours|bit)?|as often|(?:several|multiple|\d+) times a|from multiple|from different)"
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
    r"|how did you get my (?:number|info)|where did you get my (?:number|info)|i am (?:a |an )?(?:republican|democrat|independent|canadian|minor|child)|too many (?:texts|messages)|do not (?:text|contact|call|bother) me(?: \w+){0,3}|i hate (?:you|this|these texts)|(?:you are|your) (?:so |very |too |really )?(?:annoying|ridiculous|crazy|pathetic|relentless|a \w+)|i said (?:stop|no)|no means no|no more|enough|(?:a )?(?:lifelong )?(?:republican|democrat|conservative|liberal|independent|trump|maga|biden)(?: here| supporter| voter| \d+)?|this is (?:a|an|my|the) (?:\w+ ){0,2}(?:line|phone|number|cell|landline)|i am (?:only )?\d+(?: years old)?|not {names})"
)
"""What makes a keyword at its end certain ("wrong number stop")."""

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
