"""What looks like a stop and means something else (R8.3), in the manner of ``phrases``. Tables only."""

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

PREFERS_TEXTS = """
text(?:s|ing)? (?:is|are|works|would be) (?:\\w+ )?(?:better|best|fine|ok|okay|good|great|easier|preferred|faster)
(?:only|instead|rather) text (?:me|us)$
text (?:me |us )?(?:instead|only|rather|anytime)$
(?:(?:i|we) )?(?:would )?(?:prefer|rather) (?:\\w+ )?text(?:s|ing)?
"""
"""Beside these who asks for no calls wants texts."""

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
