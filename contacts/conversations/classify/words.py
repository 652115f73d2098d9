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
    "|ya no mas"
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
    "|enough|re|fwd|hola|gracias|senor|senora|senorita|amigo|bonjour|bonsoir|merci|monsieur|madame|obrigado"
    "|obrigada|obg|ola|oi|mate|god|lord|jesus|christ|idiot|idiots|asshole|assholes|jerk|jerks|moron|morons|bitch"
    "|bitches|loser|losers|scammer|scammers|creep|creeps|spammer|spammers|fool|fools|bastard|bastards|dumbass"
    "|dickhead"
)
"""What people say around a keyword without changing what they ask for: greetings, courtesies, insults."""

FILLERS = (
    "please|pls|plz|plse|pleas|pleae|plese|kindly|just|really|literally|immediately|immediatly|immediate|now|asap"
    "|ever|again|anymore|anymor|nomore|already|forever|permanently|indefinitely|right|totally|completely|truly"
    "|actually|simply|seriously|srsly|fucking|fuckin|fkn|fkin|effing|freaking|frickin|friggin|goddamn|goddam|damn"
    "|damned|dam|dammit|damnit|bloody|ffs|wtf|smh|tf|promptly|officially|formally|hereby|respectfully|politely"
    "|porfavor|porfa|xfavor|favor|svp|stp|pf|pfv|hereafter|henceforth|effective|instantly|stat|pronto"
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
    "stop it stop": "stop",
}
"""Groups of words, longest first, and what they are read as."""

WORDS = {
    "dont": "do not",
    "doesnt": "does not",
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
    "|fin|annuler|detener|suspender|para|chega"
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
    "qui|ext|deplete|shop|step|top|stow|slop|strop|stoop|stomp|strap|atop|stops|stopped|stoup|cancer|cancels|cancelled|canceled"
    "|cancellation|remote|removed|remover|removes|revoked|evoke|revokes|quiet|quite|quilt|unstop|unsubscribed"
    "|optional|output|update|send|sand|text|test|next|tent|taxing|testing|resting|deleted|deletes|elite|exist"
    "|exists|exits|edit|edits|emit|exert|suit|quip|quid|quiz|callings|massaging"
    "|message"
)
"""Words that are near to a keyword and mean something else."""

TYPOS = (
    "stop|delete|unsubscribe|unsub|optout|stopall|remove|cancel|cancelar|texting|messaging|number|wrong|quit|exit"
    "|revoke"
)
"""Words whose slips of the pen are looked for."""

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

NAMES = (
    "james|john|robert|michael|mike|william|bill|david|richard|joseph|joe|thomas|tom|charles|chris|christopher"
    "|daniel|dan|matthew|matt|anthony|tony|mark|donald|don|steven|steve|paul|andrew|andy|joshua|josh|kenneth|ken"
    "|kevin|brian|george|timothy|tim|ronald|ron|edward|ed|jason|jeff|jeffrey|ryan|jacob|jake|gary|nicholas|nick"
    "|eric|jonathan|jon|stephen|larry|justin|scott|brandon|ben|benjamin|sam|samuel|greg|frank|raymond|ray|alex"
    "|patrick|jack|dennis|jerry|jim|tyler|aaron|jose|juan|carlos|luis|miguel|pedro|jorge|adam|nathan|henry|doug"
    "|zach|peter|kyle|bob|bobby|mary|patricia|pat|jennifer|jen|linda|elizabeth|liz|barbara|susan|sue|jessica|sarah"
    "|sara|karen|lisa|nancy|betty|sandra|margaret|ashley|kim|kimberly|emily|donna|michelle|carol|amanda|melissa"
    "|deborah|deb|stephanie|rebecca|laura|sharon|cynthia|kathy|kathleen|amy|angela|shirley|anna|brenda|pamela|pam"
    "|emma|nicole|helen|samantha|katherine|kate|christine|maria|debra|rachel|carolyn|janet|catherine|heather|diane"
    "|ruth|julie|olivia|joyce|virginia|victoria|kelly|lauren|christina|joan|evelyn|judith|megan|andrea|cheryl"
    "|hannah|jacqueline|martha|gloria|teresa|ann|anne|jane|rosa|carmen|ana|sofia|jean|pierre|marie|luc|joao"
    "|paulo"
)
"""First names that "this is not …" is most often about."""
