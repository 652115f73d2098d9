"""The words of R8.1 to R8.4: keywords, courtesies, other spellings. Tables only; ``judge`` says what follows from them.

Sources: 47 CFR 64.1200(a)(10); CTIA Messaging Principles and Best Practices; the keywords that Twilio, Telnyx,
Bandwidth, Sinch, Plivo and AWS act upon. All of them in lower case, without accents and apostrophes.
"""

STRONG = "stop|stop all|stopall|unsubscribe|unsub|opt out|optout|delete me"
"""Keywords that hardly mean anything else, so that they count as one sentence among others too."""

WEAK = "quit|end|revoke|cancel|remove|exit|arret|alto|pare|baja|cancelar|no mas"
"""Keywords that are ordinary words as well: they count when nothing else is said."""

FURTHER = (
    "opt me out|remove me|unsubscribe me|cease|desist|discontinue|stop texts|opt out all|end all|cancel all|quit all"
    "|unsubscribe all|remove all|parar|paren|arreter|arretez|me desabonner|desabonner|desabonnement|desinscrire"
    "|desinscription|desuscribir|desuscribirme|descadastrar|desinscrever|cancelacion|darme de baja|dar de baja"
    "|ya no mas|cessez|cesser|arrete|cancele|cancelen"
)
"""Other ways to say a keyword, in the languages of the people texted."""

START = "start|unstop"
HELP = "help|info"

COURTESIES = "please|pls|plz|plse|pleas|kindly|thanks|thank you|thank u|thankyou|thx|tks|ty|tysm"
"""What may stand around START and HELP."""

FRAMES = (
    "hi|hello|hey|dear|greetings|ok|okay|k|kk|yes|yeah|yep|yup|ya|no|nope|nah|sorry|thanks|sir|sirs|maam|madam|mam"
    "|mr|mrs|ms|miss|man|bro|bruh|dude|dudes|folks|team|friend|friends|honey|sweetie|buddy|pal|lady|cheers|regards"
    "|sincerely|respectfully|well|so|then|yo|ayo|hell|bye|goodbye|whoa|hmm|umm|oh|um|uh|ugh|omg|look|listen|and|but"
    "|enough|n|re|fwd|hola|gracias|senor|senora|senorita|amigo|bonjour|bonsoir|merci|monsieur|madame|obrigado"
    "|obrigada|obg|ola|oi|mate|god|lord|jesus|christ|idiot|idiots|asshole|assholes|jerk|jerks|moron|morons|bitch"
    "|bitches|loser|losers|scammer|scammers|creep|creeps|spammer|spammers|fool|fools|bastard|bastards|dumbass"
    "|dickhead"
)
"""What people say around a keyword without changing what they ask for: greetings, courtesies, insults."""

FILLERS = (
    "ngl|tbh|fr|frfr|rn|istg|lowkey|deadass|please|pls|plz|plse|pleas|pleae|plese|kindly|just|really|literally|immediately|immediatly|immediate|now|asap"
    "|ever|again|anymore|anymor|nomore|already|forever|permanently|indefinitely|right|totally|completely|truly"
    "|actually|simply|seriously|srsly|fucking|fuckin|fukin|fuckn|fking|fing|effin|motherfucking|fkn|fkin|effing|freaking|frickin|friggin|goddamn|goddam|damn"
    "|damned|dam|dammit|damnit|bloody|ffs|wtf|smh|tf|promptly|officially|formally|hereby|respectfully|politely"
    "|porfavor|porfa|xfavor|favor|svp|stp|pf|pfv|hereafter|henceforth|effective|instantly|stat|pronto|immediatement|desormais|dorenavant|maintenant|inmediatamente|inmediato"
)
"""Words that may be left out anywhere."""

PHRASES = {
    "don t": "do not",
    "do n t": "do not",
    "can t": "can not",
    "won t": "will not",
    "i m": "i am",
    "i d": "i would",
    "i ve": "i have",
    "i ll": "i will",
    "you re": "you are",
    "any more": "",
    "right away": "",
    "4 good": "",
    "4 ever": "",
    "4ever": "",
    "at once": "",
    "for good": "",
    "for ever": "",
    "as soon as possible": "",
    "por favor": "",
    "s il vous plait": "",
    "sil vous plait": "",
    "sil te plait": "",
    "thank you": "thanks",
    "thank u": "thanks",
    "much appreciated": "thanks",
    "in advance": "",
    "very much": "",
    "and thanks": "thanks",
    "thanks so much": "thanks",
    "thanks a lot": "thanks",
    "have a nice day": "thanks",
    "have a good day": "thanks",
    "have a great day": "thanks",
    "have a blessed day": "thanks",
    "have a good one": "thanks",
    "god bless you": "thanks",
    "god bless": "thanks",
    "no thanks": "no",
    "no thank you": "no",
    "good morning": "hello",
    "good afternoon": "hello",
    "good evening": "hello",
    "good day": "hello",
    "hi there": "hello",
    "hey there": "hello",
    "hello there": "hello",
    "to whom it may concern": "hello",
    "buenos dias": "hola",
    "buenas tardes": "hola",
    "buenas noches": "hola",
    "muchas gracias": "gracias",
    "bom dia": "ola",
    "boa tarde": "ola",
    "boa noite": "ola",
    "muito obrigado": "obrigado",
    "oh my god": "",
    "my god": "",
    "hell no": "no",
    "heck no": "no",
    "absolutely not": "no",
    "hard pass": "no",
    "no way": "no",
    "excuse me": "",
    "the f": "",
    "the hell": "",
    "the fuck": "",
    "the heck": "",
    "for the love of god": "",
    "for gods sake": "",
    "for christs sake": "",
    "for fucks sake": "",
    "in the future": "",
    "from now on": "",
    "going forward": "",
    "moving forward": "",
    "once and for all": "",
    "at this time": "",
    "at this point": "",
    "you guys": "you",
    "you people": "you",
    "you all": "you",
    "you folks": "you",
    "all of you": "you",
    "the both of you": "you",
    "guys": "you",
    "it if you would": "it if you would",
    "it if you could": "it if you could",
    "if you would": "",
    "if you could": "",
    "if possible": "",
    "text messages": "texts",
    "text message": "text",
    "text msgs": "texts",
    "text msg": "text",
    "phone number": "number",
    "cell number": "number",
    "cell phone number": "number",
    "telephone number": "number",
    "mobile number": "number",
    "contact number": "number",
    "phone no": "number",
    "there after": "",
    "un subscribe": "unsubscribe",
    "do not will not": "do not want",
    "do not will not no": "do not want",
    "do not want no": "do not want",
    "do not need no": "do not need",
    "do not send me no": "do not send me",
    "do not never": "never",
    "do not nobody": "nobody",
    "of you texts": "of your texts",
    "of you messages": "of your messages",
    "mon number": "mon numero",
    "ce number": "ce numero",
    "mi number": "mi numero",
    "este number": "este numero",
    "su number": "su numero",
    "stop it stop": "stop",
}
"""Groups of words, longest first, and what they are read as."""

WELL_WISHES = (
    r"thanks(?: (?:anyway|anyways|though|again|all the same|so much|a lot|a bunch|kindly|and|good luck|best wishes"
    r"|all the best|for (?:understanding|everything|asking"
    r"|(?:your|the) (?:time|understanding|help|cooperation|service|offer|invite)))\b)+"
    r"|have an? (?:\w+ )?(?:day|afternoon|evening|night|weekend|one|week|life)"
    r"|(?:thanks and )?good luck(?: to you(?: all)?)?|best (?:wishes|regards|of luck)|all the best|take care"
    r"|(?:i |we )?wish you (?:all )?(?:well|(?:all )?the (?:very )?best(?: of luck)?|(?:good )?luck)"
    r"|god bless(?: you| america)?|for (?:heavens?|petes?|goodness|gods?|christs?|pitys?) sakes?"
    r"|for crying out loud|for the love of (?:god|all that is holy|pete)"
    r"|por (?:dios|el amor de dios|piedad|amor a dios)|feliz (?:dia|noche)"
    r"|(?:que )?(?:tenga\w*|pase\w*) (?:un |una )?(?:buen\w*|lindo|linda|bonito) (?:dia|tarde|noche)"
    r"|pour l ?amour (?:de dieu|du ciel)|merci (?:beaucoup|bien|d ?avance|quand meme|encore|pareil)"
    r"|bonne? (?:journee|soiree|nuit|fin de semaine|chance|continuation)"
    r"|pelo amor de deus|(?:tenha )?(?:um )?bom (?:dia|fim de semana)"
)
"""Courtesies and oaths of many wordings: read as "thanks"."""

WORDS = {
    "dont": "do not",
    "doesnt": "does not",
    "nvr": "never",
    "agn": "",
    "b": "be",
    "dis": "this",
    "saken": "saquen",
    "sakeme": "saqueme",
    "nothin": "nothing",
    "tk": "take",
    "lv": "leave",
    "lve": "leave",
    "leve": "leave",
    "leav": "leave",
    "d": "de",
    "grasias": "gracias",
    "didnt": "did not",
    "cant": "can not",
    "cannot": "can not",
    "couldnt": "could not",
    "wouldnt": "would not",
    "shouldnt": "should not",
    "mustnt": "must not",
    "havent": "have not",
    "hasnt": "has not",
    "wont": "will not",
    "isnt": "is not",
    "arent": "are not",
    "aint": "am not",
    "wasnt": "was not",
    "im": "i am",
    "ive": "i have",
    "id": "i would",
    "ill": "i will",
    "youre": "you are",
    "youve": "you have",
    "youd": "you would",
    "yall": "you",
    "u": "you",
    "yous": "you",
    "thats": "that is",
    "whos": "who is",
    "theres": "there is",
    "hes": "he is",
    "shes": "she is",
    "ur": "your",
    "r": "are",
    "wanna": "want to",
    "wana": "want to",
    "gonna": "going to",
    "gotta": "got to",
    "lemme": "let me",
    "gimme": "give me",
    "tryna": "trying to",
    "optout": "opt out",
    "mee": "me",
    "stoping": "stopping",
    "outta": "out of",
    "offa": "off of",
    "w": "with",
    "wit": "with",
    "rmv": "remove",
    "rmve": "remove",
    "hittin": "hitting",
    "blowin": "blowing",
    "botherin": "bothering",
    "buggin": "bugging",
    "spammin": "spamming",
    "harrassing": "harassing",
    "harrasing": "harassing",
    "nemore": "",
    "nto": "not",
    "donot": "do not",
    "dnot": "do not",
    "dotn": "do not",
    "odnt": "do not",
    "dnt": "do not",
    "donr": "do not",
    "dony": "do not",
    "dobt": "do not",
    "its": "it is",
    "wan": "want",
    "wnat": "want",
    "hmu": "hit me up",
    "idk": "i do not know",
    "txtng": "texting",
    "txtn": "texting",
    "txting": "texting",
    "texing": "texting",
    "textin": "texting",
    "txtin": "texting",
    "txt": "text",
    "txts": "texts",
    "msging": "messaging",
    "messging": "messaging",
    "messagin": "messaging",
    "msg": "message",
    "mssg": "message",
    "mesg": "message",
    "mesage": "message",
    "msgs": "messages",
    "mssgs": "messages",
    "mesages": "messages",
    "messeges": "messages",
    "massages": "messages",
    "callin": "calling",
    "sendin": "sending",
    "nr": "number",
    "nbr": "number",
    "num": "number",
    "numbr": "number",
    "hv": "have",
    "recieve": "receive",
    "recieving": "receiving",
    "receving": "receiving",
    "recive": "receive",
    "ppl": "people",
    "cuz": "because",
    "cause": "because",
    "bc": "because",
    "coz": "because",
    "thx": "thanks",
    "thnx": "thanks",
    "tks": "thanks",
    "ty": "thanks",
    "tyvm": "thanks",
    "tysm": "thanks",
    "thankyou": "thanks",
    "hiya": "hi",
    "heyy": "hey",
    "helo": "hello",
    "q": "que",
    "ke": "que",
    "kiero": "quiero",
    "kieren": "quieren",
    "kiten": "quiten",
    "kitenme": "quitenme",
    "sakenme": "saquenme",
    "resibir": "recibir",
    "recivir": "recibir",
    "resivir": "recibir",
    "enbien": "envien",
    "embien": "envien",
    "escrivan": "escriban",
    "escriva": "escriba",
    "mensage": "mensaje",
    "fuk": "fuck",
    "fck": "fuck",
    "fuc": "fuck",
    "fuq": "fuck",
    "wrg": "wrong",
    "rong": "wrong",
    "nomas": "no mas",
    "mensages": "mensajes",
    "msjs": "mensajes",
    "msj": "mensajes",
    "textos": "mensajes",
    "vcs": "voces",
}
"""How single words are read: contractions, abbreviations and slips that say the same."""

STRETCHED = {
    "of": "off",
    "al": "all",
    "cal": "call",
    "caling": "calling",
    "stopal": "stopall",
    "aret": "arret",
    "x": "xx",
}
"""Words whose doubled letters are lost when stretched ones ("offff") are drawn together."""

RUN_TOGETHER = (
    "unsubscribe|unsub|stopall|stop|optout|opt|out|remove|removing|delete|cancel|quit|end|exit|please|pls|plz"
    "|thanks|thankyou|thx|now|texting|texts|messages|messaging|calling|contacting|sending|take|get|off|from|your|ur"
    "|this|the|list|lists|number|phone|dont|donot|do|not|text|message|contact|call|leave|alone|wrong|person|again"
    "|ever|anymore|no|more|all|lose|my|me|it|bro|sir|already|and|desist|cease|to|2|go|away"
)
"""The words that "stopplease" and "takemeoffyourlist" are taken apart into."""

LONE = (
    "s|x|st|off|td|dnc|dnd|halt|terminate|block|blocked|spam|scam|junk|opt|unscribe|stahp|stawp|basta|salir|sair"
    "|fin|annuler|detener|suspender|para|chega|eliminar|borrar|quitar|bajar|vaja|vajar"
)
"""Whole messages that are likely meant for a stop."""

FOREIGN = "стоп|отписаться|停止|退订|退訂|取消|停|取消订阅|取消訂閱|dung|stopp|abmelden|sispann"
"""Words for stop in languages that are not read otherwise."""

JOKES = (
    "lol|lmao|lmfao|rofl|haha|hahaha|hahahaha|ha|hehe|jk|kidding|joking|laughing|blushing|jaja|jajaja|love"
    "|hilarious|killing|funny|sweet|crying|dying|flattered|kidding"
)
"""Words that make a "stop" less than certain."""

ORDINARY = (
    "qui|ext|deplete|shop|step|top|stow|slop|strop|stoop|stomp|strap|atop|stops|stopped|stoup|cancer|cancels"
    "|cancelled|canceled|cancellation|remote|removed|remover|removes|revoked|evoke|revokes|quiet|quite|quilt|unstop"
    "|unsubscribed|optional|output|update|send|sand|text|test|next|tent|taxing|testing|resting|deleted|deletes|elite"
    "|exist|exists|exits|edit|edits|emit|exert|suit|quip|quid|quiz|callings|massaging|message|chancel|carcel|sexting"
    "|numbers|lumber|dumber|humber|wong|wrongs|prong|wring|nuit|huit|quis|quita|quito|tuit|cuit|fuit|quits|quot|quin"
    "|exito|exil|garret|arrests|arrest|arrete|tests|tents|texas|texte|texto|textos|exts|massage|messager|messaged"
    "|messages|contract|contacto|contacts|contacte|contracting|contacting|falling|calming|culling|balling|cabling"
    "|filling|pulling|spending|ending|pending|lending|bending|sensing|vending|tending|seeding|mending|sanding"
    "|bonding|landing|pone|phones|iphone|rhone|prone|phony|phoned|shone|hone|phoney|pleased|lease|pleas"
    "|pleases|please|gain|again|alain|received|receives|receiver|deceive|convent|content|consents|permissions"
    "|missions|mensaje|recibio|recibi|recibira|recibia|escriben|escriba|mandei|mande|mandan|maiden|madden|malden"
    "|mandel|enviei|envie|envian|envies|envied|corren|barren|borden|quien|quitan|arreter|arretes|renvoyer|envoye"
    "|envoyes|envoyez|envoyee|envoler|decevoir|equivocada|equivocados|vista|listo|pistas|pista|listas|listes|listen"
    "|listed|liste|piste|viste|disse|diste|lisse|leste|lister|last|lost|lit|lift|lists|lisa|fist|lust|mist|lest|gist"
    "|lisp|lint|dust|list|lis|dist|make|made|taken|takes|lake|wake|fake|cake|tape|sake|tale|jake|stake|bake|tate|tame"
    "|rake|taker|toke|form|frog|prom|rom|fro|brom|frome|fromm|pour|you|our|four|tour|hour|yours|sour|youre|youd"
    "|contracted|contacter|contactez|persons|persona|pearson|pierson|parson|perso|perdon|shopping|stepping|topping"
    "|stomping|stopping|hopping|dropping|wrong|numbering|nobler|umber|amber|limber|timber|member|limbers|humbler"
    "|quote|quart|quilts|quest|acquit|bother|brothering|lathering|gathering|weathering|farming|harming|interred"
    "|interest|interests"
)
"""Words that are near to a keyword and mean something else."""

TYPOS = (
    "stop|delete|unsubscribe|unsub|optout|stopall|remove|cancel|cancelar|texting|messaging|number|wrong|quit|exit"
    "|revoke|arret|texts|text|message|messages|contact|contacted|contacting|calling|sending|phone|please|list|again"
    "|anymore|interested|receive|removed|harassing|bothering|consent|permission|from|take|your|person|stopping"
    "|mensajes|numero|recibir|escriban|manden|envien|borren|quiten|lista|equivocado|arretez|recevoir|desabonner"
    "|liste"
)
"""Words whose slips of the pen are looked for."""

MISSPELT = {"stahp": "stop", "stawp": "stop", "stahhp": "stop"}
"""Keywords mistaken on purpose, more than a slip away."""

LAUGHING = "😂🤣😹😆😝😜🤪"
"""Signs for "lol"."""

DICTATED_COMMA = "comma"
DICTATED_END = "period|full stop|exclamation (?:point|mark)s?|question mark|new line|new paragraph"
"""Marks that a phone wrote out as words when they were dictated."""

NO_MARK_AFTER = (
    "a|an|the|my|your|her|his|our|their|its|any|each|every|one|two|same|first|second|third|last"
    "|next|final|grace|trial|time|waiting|lunch|class|long|short|open|enrollment|voting|notice|comment|cooling|pay"
    "|rest|free|oxford|of|about|per|missed|late|before|after|during"
)
"""After these "period" and its like are words."""

AFTER_A_MARK = (
    "i|im|ive|id|you|u|we|he|she|it|its|they|please|pls|plz|thank|thanks|thx|do|dont|this|take|remove|delete|stop"
    "|unsubscribe|quit|my|send|never|no|not|see|lose|leave|wrong|who|and|but|or|so|because"
)
"""Before these, or at the end of a line, they are marks."""

ABBREVIATIONS = "mr|mrs|ms|dr|jr|st|sr|sra|srta|mme|mlle"
"""What ends in a full stop that ends no sentence."""

SIGNS = "🛑⛔🚫⏹✋🖐🤚🖕🙅📵🔕"
"""Signs that say stop, for want of a word: a lone one is doubtful (R8.2)."""

SIGNS_FOR_A_WORD = "🛑⛔🚫"
"""Those of them that stand for the word at the beginning of a text."""

LOOKALIKES = {
    "a": "аαɑᴀꭺ",
    "b": "вьβʙᏴ",
    "c": "сϲᴄᏟ",
    "d": "ԁᴅᎠ",
    "e": "еεєᴇᎬ",
    "f": "ғꜰ",
    "h": "нһʜᎻ",
    "i": "іιıɪᎥ",
    "k": "кκᴋᏦ",
    "l": "ӏʟᏞ|",
    "m": "мμᴍᎷ",
    "n": "ηпɴ",
    "o": "оοσօᴏᎾꓳθ",
    "p": "рρᴘᏢꓑ",
    "q": "ԛǫ",
    "r": "гʀᎡ",
    "s": "ѕꜱᏚꓢ$§",
    "t": "тτᴛᎢꓔ",
    "u": "υսᴜ",
    "v": "νᴠᏙ",
    "x": "хχ",
    "y": "уγʏ",
}
"""What letters of other alphabets pass for, in lower case where they have one: doubtful, whoever wrote them (R8.2)."""

LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "!": "i", "€": "e"}
"""Digits and signs that stand for letters inside a word."""
