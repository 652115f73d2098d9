"""Requests and doubts in Spanish, French and Portuguese, in the manner of ``phrases``. Tables only."""

PARTS = {
    "sms": r"(?:mensajes?|sms|texto|notificaciones|alertas|llamadas|correos|mas mensajes|nada|spam|publicidad|propaganda)",
    "de": r"(?:de |la |las |el |los |su |sus |tu |tus |esa |esas |ese |esos |toda |todas |todos |esta |estas |este |estos |mas |ningun |ninguna |ningunos |tantos |este tipo de |estos tipos de |mi |vuestra )*",
    "escriban": (
        r"(?:(?:escrib|escriv)(?:an?|as|ais|iera[ns]?|iese[ns]?)|(?:envi|mand|contact|contacte|llam|texte?|mensaje|habl|spame|acos|fastidi|enb?vi|env)(?:e|en|es|eis|ara[ns]?|ase[ns]?)"
        r"|comuni(?:que|quen|ques)|busquen?|mar(?:que|quen|ques)"
        r"|(?:escrib|mand|envi|llam|texte|contact)(?:a|an|as|e|en|es) (?:mas|ya)|(?:escribir|enviar|mandar|contactar|llamar|textear|mensajear))"
    ),
    "escribiendo": (
        r"(?:(?:escribiendo|enviando|mandando|contactando|llamando|texteando|mensajeando|molestando|acosando|fastidiando|hablando|buscando)(?:me|nos)?)"
    ),
    "familiar": (
        r"(?:mama|madre|papa|padre|espos[oa]|marido|mujer|hij[oa]s?|nin[oa]s?|herman[oa]s?|abuel[oa]s?|abuelit[oa]s?|ti[oa]s?|suegr[oa]|ex|bebe)"
    ),
    "fallecio": r"(?:ya )?(?:fallecio|murio|se murio|ha (?:fallecido|muerto)|habia fallecido|esta (?:muert[oa]|fallecid[oa])|es finad[oa]|descanso en paz|paso a mejor vida|fallecid[oa]|muert[oa])",
    "hace": (
        r"(?: (?:en|el|la|los|hace|hacia|ya|este|esta|ano|anos|mes|meses|semana|semanas|dia|dias|pasad[oa]|ayer|hoy|anoche|recientemente|apenas|poco|tiempo|mucho|de|del"
        r"|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|varios|\d+|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
        r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|navidad|covid))*"
    ),
    "escribirme": (
        r"(?:escribirme|enviarme|mandarme|contactarme|llamarme|textearme|mensajearme|molestarme|enviar|mandar|escribir|contactar|llamar"
        r"|textear|me escribir|me enviar|me mandar|me contactar|molestar|acosarme|texterme|textiarme|textearnos|contactarnos|llamarnos|molestarnos|marcarme|hablarme|hablar|llenarme|fastidiarme|(?:estar|andar) {escribiendo}|comunicarse conmigo|escribirnos|enviarnos|mandarnos|texteando)"
    ),
    "quitenme": (
        r"(?:(?:quit|saqu|sac|borr|elimin|remuev|remov|retir|desuscrib|desinscrib|desafili|suprim|exclu|tach)(?:e|en|es|a|an|as|ad|ar|er|ir)(?:me|nos)"
        r"|me (?:quit|saqu|sac|borr|elimin|remuev|retir|desuscrib|desinscrib)(?:e|en|es|a|as|aran?|ase)|(?:deme|denme|dame|darme|dadme|denos|darnos|me (?:de|den|da|das)) de baja|dar(?:me)? de baja)"
    ),
    "ecrivez": (
        r"(?:(?:n|m|len|men|l)?(?:ecri(?:vez|s|re|ve|ver)|envo(?:yez|ie|ies|yer)|ennuyez)|(?:contact|text|texto|derang|sollicit|harcel|relanc|message|messag|rappel|rejoign|joign)(?:ez|e|er|es)"
        r"|(?:m|n)?appel(?:ez|er|le|les)|communiqu(?:ez|er|e))"
    ),
    "necrivez": "(?:(?:n|m|len|men)(?:ecri(?:vez|s|ve|ver)|envo(?:yez|ie|ies|yer)|appel(?:ez|er|le|les)))",
    "proche": (
        r"(?:mere|pere|mari|femme|epou(?:x|se)|conjointe?|fils|fille|enfant|frere|soeur|grand mere|grand pere|maman|papa|oncle|tante|blonde|chum|bebe|garcon|petit fils|petite fille)"
    ),
    "mort": r"(?:(?:est|etait|a ete|est maintenant) )?(?:decede\w?|decedee|mort[es]?|morte)",
    "depuis": (
        r"(?: (?:en|le|la|il|y|a|lan|l|an|annee|mois|semaine|dernier|derniere|passee?|depuis|recemment|hier|deux|trois|quatre|cinq|un|une|ans?|annees|jours?|cette|ce|dernierement|deja|\d+"
        r"|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|noel|covid))*"
    ),
    "envoyer": (
        r"(?:menvoyer|m envoyer|envoyer|me texter|texter|me contacter|contacter|mecrire|m ecrire|ecrire|me harceler|harceler|mappeler"
        r"|m appeler|appeler|me textoter|textoter|me relancer|nous ecrire|nous envoyer|nous contacter|nous texter|me rejoindre|menvoyer|me deranger|me message\w*|me solliciter|de menvoyer)"
    ),
    "enviar": (
        r"(?:me enviar|enviar|me mandar|mandar|me contatar|contatar|me contactar|me escrever|escrever|me ligar|ligar|me perturbar"
        r"|me incomodar|me chamar|mandar me|enviar me|contatar me|me encher|mandando|enviando|me enviando|me mandando)"
    ),
}

REQUESTS = r"""
(?:no|nunca|jamas) (?:me|nos) {escriban}
(?:no|nunca|jamas) (?:me |nos )?(?:vuelva[ns]?|volver|sigan?|sigas|seguir|continuen?|esten?|anden?|vayan?) (?:a )?(?:{escribirme}|{escriban}|{escribiendo})
no {escriban} (?:mas|nunca|jamas|otra vez|de nuevo|a (?:este|mi|mis?) (?:numero|telefono|cel\w*))
(?:{escriban} )?(?:mas )?(?:a )?este (?:numero|telefono|cel\w*) (?:ya )?no mas
(?:dejen|deje|deja|dejad|dejes|dejense|dejate|dejese|paren|pare|para|parad|cesen|cese|eviten|dejar|terminen|basta|favor de dejar) (?:ya )?de {escribirme}
(?:ya )?no (?:quiero|quero|deseo|quisiera|queremos|necesito|autorizo|acepto|me interesa) (?:(?:mas )?(?:recibir|que me (?:(?:sigan|continuen|esten|anden|vuelvan a) )?(?:{escriban}|{escribirme}|{escribiendo}))|{de}(?:mensajes?|sms|llamadas|notificaciones|spam|propaganda))
(?:ya )?no (?:quiero|deseo|quisiera) (?:ser contactad[oa]|estar en (?:la|su|esta|tu) lista|saber (?:mas )?(?:nada )?de ustedes|nada de ustedes)
no (?:mas )?(?:quiero|deseo) (?:mas )?{sms}
(?:ya )?no mas {de}(?:mensajes?|sms|llamadas|notificaciones|spam|propaganda|publicidad)
basta (?:ya )?(?:de|con) {de}(?:mensajes?|sms|llamadas|spam|propaganda)
no (?:envie[ns]?|mande[ns]?|enviar|mandar|mas) {de}(?:mensajes?|sms|nada)
no (?:me |nos )?(?:use[ns]?|utilice[ns]?|comparta[ns]?|venda[ns]?) (?:mi|este) (?:numero|telefono|cel\w*)
(?:solicito|pido|quiero|exijo|requiero|deseo|necesito|tramit\w+|gestion\w+|proced\w+ a|procesen|procese)(?: (?:la|mi|una|que|den|su))* (?:baja|desuscripcion|cancelacion|eliminacion)(?: (?:inmediata|definitiva|total|permanente))?(?: de (?:mi|este|su|esta|la|mis|sus|todos)(?: \w+){0,6})?$
(?:que|les pido|le pido) (?:no|ya no|nunca) (?:me |nos )(?:{escriban}|molest\w+)
(?:dejen|deje|paren|pare) (?:de )?{de}(?:mensajes?|sms)
me (?:puede|pueden|podria|podrian|puedes|podrias) (?:quitar|sacar|borrar|eliminar|remover|retirar|dar de baja)
{quitenme} ya$
(?:de )?no (?:{escribirme})(?<=me|os)(?: .*)?
de no {escribirme}
no (?:les |le |te )?(?:doy|otorgo|concedo) (?:mi |ningun )?(?:permiso|consentimiento|autorizacion)
(?:parenle|parale|bajenle|ya estuvo|ya basta|calmense) (?:ya )?(?:a|con|de) {de}(?:mensajes?|sms|llamadas)
{quitenme}(?: ya)?(?: (?:de|del) {de}(?:lista|listas|base de datos|base|sistema|grupo|registro|contactos|aqui|mensajes|ahi))
(?:deme|denme|dame|darme|dadme|denos|me (?:den|de|da|dan)) de baja
(?:(?:quit|saqu|sac|borr|elimin|remuev|remov|retir|suprim|exclu|tach)(?:e|en|es|a|ar|er|ir)|olviden|olvide|pierdan|olvidate de|olvidense de) (?:mi|este|nuestro|mis) (?:numero|telefono|nombre|cel|celular|movil|contacto|informacion|datos|numerito)
(?:quit|saqu|borr|elimin|remuev|remov|retir)(?:e|en|ar|er) (?:su|el) (?:numero|telefono|cel|celular|movil)
(?:cancelen?|cancela|cancelar|anulen?|anular) (?:(?:mi|la|esta) )?(?:suscripcion|subscripcion|inscripcion)
(?:quiero|quisiera|deseo|me gustaria|necesito|solicito|pido|favor de|puede|pueden|podrian|podria) (?:que me (?:den de baja|quiten|saquen|borren|eliminen|remuevan)|darme de baja|desuscribirme|desinscribirme|salir de {de}lista|cancelar (?:mi|la) suscripcion|dejar de recibir|quitarme|sacarme|borrarme|eliminarme|dar de baja)
(?:retiro|revoco) mi (?:consentimiento|autorizacion|permiso)
(?:desuscrib|desinscrib)\w+
(?<!je )(?<!je ne )(?:ne (?:me |m |nous )?|me |nous |m |n ){ecrivez} (?:plus|jamais|rien)(?! (?:bien|souvent|tard|tot|que))
(?<!je )(?<!je ne ){necrivez} (?:plus|jamais|rien)(?! (?:bien|souvent|tard|tot|que))
ne (?:me |m |nous )?{ecrivez} pas
(?:mecrivez|menvoyez|mappelez|necrivez|nenvoyez|me (?:contactez|textez|derangez)) pas
(?:ecrivez|envoyez|contactez|textez|appelez|ecris|envoie|contacte|texte|appelle) (?:moi|nous) (?:plus|jamais|rien)(?! (?:souvent|tard|tot|de|dinfos?|que))
(?:nutilisez|n utilisez|ne (?:vous )?(?:utilisez|servez|gardez|partagez)) (?:plus|pas|jamais) (?:de )?(?:mon|ce) (?:numero|telephone|cell\w*)
ne (?:plus|pas) (?:me |m|m )?(?:contacter|ecrire|envoyer|texter|appeler|deranger|mecrire|menvoyer)
(?:arretez|arrete|cessez|cesse|arreter|stoppez|veuillez cesser|veuillez arreter|merci de cesser|merci d arreter) (?:de |d )?(?:{envoyer}|denvoyer|decrire|dappeler)
(?:d?arreter|arrete|cesser?|arretez|cessez|stop aux?|arret des|stop les|arretez les|plus de|plus jamais de|plus aucun|fini les|assez de|stop) (?:les |ces |vos |des |de |d |toutes? |tout |tous |autres? )*(?:messages?|mensajes|sms|textos?)
(?:demande|exige|souhaite|veux|voudrais) (?:le retrait|la suppression|la radiation|le desabonnement|la desinscription|leffacement|ma desinscription|mon retrait)
je (?:refuse|naccepte pas|n accepte pas|ne souhaite pas) (?:(?:de|des|d|vos|ces) )*(?:recevoir|messages?|mensajes?|sms)
(?:(?:je )?(?:ne )?(?:veux|souhaite|desire|voudrais)|jveux|j veux) (?:plus|pas|pu|pus|plus jamais|plus rien)(?: (?:(?:rien )?recevoir|rien de vous|etre (?:sur (?:votre|vos|cette|la) listes?|dans (?:votre|vos) listes?|contacte|contactee|sollicite|derange)|de (?:vos |ces )?(?:messages?|mensajes|sms|textos?)|que vous|avoir de (?:messages?|vos)|entendre parler|vos (?:messages|mensajes)))
(?:je (?:veux|souhaite|voudrais|desire|aimerais|prefere|prefererais)|jaimerais|jveux|jvoudrais) (?:me desabonner|me desinscrire|etre (?:retire|retiree|enleve|supprime|desabonne|desinscrit|raye)|ne plus (?:recevoir|etre)|arreter de recevoir|annuler mon abonnement|que vous arretiez|arreter les (?:messages|mensajes))
je (?:ne )?consens pas a
je (?:me desabonne|me desinscris|retire mon consentement|revoque mon consentement)
(?:d?(?:retir|enlev|supprim|effac|ot|ray|radi|elimin|bif)(?:ez|e|er)|biffez|sortez|sors|sortir) (?:moi|nous|(?:mon|ce|notre|son|leur|mes) (?:numero|nom|telephone|cell\w*|contact|coordonnees|donnees|infos?))
(?:desabonnez|desinscrivez|desabonne|desinscris|desabonner|desinscrire) (?:moi|nous|mon numero|ce numero)
(?:menlever|me rayer|meffacer|me (?:retirer|desabonner|desinscrire|supprimer|enlever)|pouvez vous me (?:retirer|desabonner|desinscrire|supprimer|enlever)|veuillez me (?:retirer|desabonner|desinscrire|supprimer|enlever))
(?:perdez|oubliez|oublie) mon numero
(?:annulez|annuler|annule) (?:mon|l|cet) ?abonnement
(?:pode|podem|poderia|poderiam)(?: voces?)? me (?:tirar|remover|retirar|excluir|apagar|descadastrar)(?: (?:da|dessa|desta|do|de) .*)?$
(?:pare|parem|para|parar|deixe|deixem|chega) de {enviar}
(?:nao|nunca mais) (?:me |nos )(?:(?:envi|mand|contat|contact|perturb|incomod|cham|procur)(?:em?|es|am?|ar|ando)|li(?:gue|guem|ga|gar|gam)|escrev(?:am?|em?|er))
nao (?:envi|mand)(?:em?|es|am?|ar) (?:mais|nada|mensagens|mensagem|sms)
(?:eu )?nao (?:quero|desejo|gostaria de|aceito|autorizo) (?:mais )?(?:receber|ser contatad[oa]|essas mensagens|mensagens|mensagem|suas mensagens|que me (?:envi\w+|mand\w+)|sms)
(?:chega|basta) de (?:mensagens|mensagem|sms)
(?:sem mais|nada de|nao mais|mais nenhuma) (?:mensagens|mensagem|sms)
(?:me (?:tire|tira|tirem|remova|remove|removam|retire|retirem|exclua|exclui|excluam|apague|descadastr\w+|desinscrev\w+)|(?:tire|remova|retire|exclua|apague|removam|tirem) me)
(?:tire|tira|tirem|remova|remove|removam|retire|retirem|exclua|excluam|apague|apaguem|delete|esqueca|perca) (?:o )?(?:meu|este|esse) (?:numero|telefone|nome|contato|celular)
(?:quero|gostaria de|desejo|preciso|queria) (?:me descadastrar|me desinscrever|descadastrar|sair (?:da|dessa|desta|do) (?:lista|grupo)|cancelar (?:a |minha |a minha )?(?:inscricao|assinatura)|ser removid[oa]|parar de receber|deixar de receber|que me (?:tir|remov)\w+|ser retirad[oa]|sair da sua lista)
(?:cancele|cancelar|cancelem|cancela) (?:(?:a )?minha (?:inscricao|assinatura)|(?:a )?(?:inscricao|assinatura)$)
(?:sair|saia) da (?:sua )?lista
(?:salir|salirme) de (?:la|esta|su) lista
(?:descadastr|desinscrev)\w+
"""

SHORT_REQUESTS = r"""
{quitenme}
(?:dejen|deje|paren|pare) de (?:escribir|llamar|textear|mandar|enviar)
(?:detener|detengan|detenga|parar|alto a|alto a los|alto con los|alto de) {de}(?:mensajes?|sms)
(?:cancel(?:ar|e|en|a)|detener|deteng(?:a|an)|parar|suspend(?:er|an?)|quitar|termin(?:ar|en?)) (?:los |las |estos |sus |mis |todos los )?(?:mensajes?|sms|notificaciones|alertas)
(?:cancelar|parar|suspender) (?:as |os |estas |essas |todas as )?(?:mensagens|mensagem|sms)
dar de baja
(?:no|sin|cero|alto) {de}(?:mensajes?|sms)
(?:stop|alto) (?:de |con )?(?:{escribirme}|{de}(?:mensajes?|sms))
(?:pas|plus|aucun) (?:de |d )?(?:messages?|mensajes?|sms)
(?:d|de )?(?:cesser|arreter)
(?:arretez|arrete|cessez|stoppez) tout
(?:d|de )?(?:cesser|cesse|cessez|arreter|arrete|arretez) (?:les |ces |vos |toutes? |tout |tous |autres? )*(?:communications?|contacts?|envois|sollicitations?)
(?:quiero|quisiera) (?:que )?(?:paren|parar|dejen|dejar) de recibir
sin mas mensajes
aucun message|plus rien
"""

LEADS = r"""
(?:puede|pueden|podria|podrian|puedes|podrias|quiero|quisiera|necesito|le pido|les pido|te pido|pido|(?:le |les |te )?(?:suplico|imploro|agradeceria|agradezco|encargo)|solicito|ruego|favor|hagan el favor de|le ruego|exijo|deseo)(?: que)?(?: ya)?
(?:hola|gracias|ya|oye|oigan|disculpe|disculpa|perdon|perdone|senor|senora|amigo|si|no gracias|mira|miren|bueno|y|pero|entonces|favor de)
(?:pouvez vous|pourriez vous|peux tu|veuillez|je vous demande|je vous prie|je vous somme|je vous ordonne|je vous supplie|priere de|merci de|s il vous plait|bonjour|bonsoir|merci|salut|je veux que vous|svp|vous pouvez|je demande)(?: de| d)?
(?:pode|podem|poderia|poderiam|voce pode|voces podem|voce poderia|quero que|eu quero|eu gostaria|gostaria|peco que|peco|ola|oi|obrigado|obrigada|queria|favor|gentileza|solicito|eu)(?: que)?(?: voce| voces)?
"""

OF_OTHERS = r"""
(?:.* )?(?:no|nunca) (?:le|les) {escriban}(?: (?:mas|nada|mensajes?|sms|a este|ya).*)?$
(?:dejen|deje|deja|paren|pare|para) de (?:escribir|enviar|mandar|contactar|llamar|textear|molestar)(?:le|les|la|lo|los|las)
(?:dejen|deje|deja|paren|pare|para) de (?:{escribirme}|molestar) a (?:mi|mis|su) \w+
(?:quit|saqu|sac|borr|elimin|remuev|retir)\w*(?:lo|la|los|las|le)(?: de {de}(?:lista|listas|base de datos|base|sistema|grupo))?$
(?:quit|saqu|sac|borr|elimin|remuev|retir)\w* a mi \w+ de {de}(?:lista|listas|base de datos|base|sistema|grupo)
(?:arretez|arrete|cessez|cesse|arreter|veuillez cesser|veuillez arreter) (?:de |d )(?:lui|leur|l|la|le|les) ?(?:ecrire|envoyer|texter|contacter|appeler|deranger|harceler)(?: .*)?
(?:arretez|arrete|cessez|cesse|arreter|veuillez cesser) (?:de |d )?(?:texter|contacter|appeler|deranger|harceler|denvoyer|decrire|dappeler)(?: {de}(?:messages?|mensajes?|des (?:messages|mensajes)))? (?:a )?(?:ma|mon|mes) \w+
ne (?:lui|leur|la|le|les) {ecrivez} (?:plus|pas|rien|jamais)
(?:retirez|enlevez|supprimez|effacez|rayez) (?:le|la|les)(?: de (?:votre|la|vos) (?:liste|listes))?$
(?:(?:le|la|les) |l)?(?:retirer|enlever|supprimer|effacer|rayer) de (?:votre|vos|la|cette|ta) (?:listes?|base)
"""

REFERENTS = r"""
(?:mi {familiar}|el|ella) {fallecio}
(?:(?:mon|ma|notre) {proche}|il|elle) {mort}
(?:este|mi|nuestro) (?:es (?:el |mi )?)?(?:numero|telefono|cel|celular|movil)
(?:sus|estos|tantos) (?:mensajes|sms)
(?:ce|mon|notre|cest le|le) (?:numero|cell|cellulaire|telephone|tel) (?:de|est|appartient)
(?:ce|mon|notre) (?:numero|cell|cellulaire|telephone|tel)
(?:vos|ces) (?:messages|mensajes|sms)
"""

WHOLE_DOUBTS = r"""
ya no(?: mas)?
(?:correo|email|e mail|courriel)(?: electronico)? (?:mejor|solamente|seulement|uniquement)
(?:mejor|solo|solamente|unicamente|nada mas) (?:por |al |mande\w* |envie\w* |un )*(?:correo electronico|email|e mail)
(?:par|seulement par|uniquement par|plutot par) (?:courriel|email|e mail)(?: (?:seulement|uniquement|plutot))?
(?:demasiados|muchos|tantos|muchisimos) (?:mensajes|sms)
(?:trop|beaucoup trop|assez) de (?:messages|mensajes|sms)
(?:fallecio|fallecido|fallecida|murio|finado|finada|decede|decedee)
"""

DOUBTS = r"""
(?:lo siento |perdon |disculpe |lamento \w+ (?:que )?|le informo que |les informo que )*(?:mi {familiar}|{names}|el|ella|esa persona|(?:el|la) (?:senor|senora|dueno|duena|persona)(?: \w+){0,3}|don \w+|dona \w+) {fallecio}{hace}$
(?:desolee? |malheureusement |je vous informe que )*(?:(?:mon|ma|notre) {proche}|{names}|il|elle|cette personne|(?:m|mme|monsieur|madame) \w+) {mort}{depuis}$
(?:\w+ ){1,4}ya no (?:tiene|usa|vive|contesta|ocupa)(?: (?:en|a))? ?(?:este|aqui|ese|esta)(?: (?:numero|telefono|cel\w*|linea|casa))?
(?:este )?(?:ya )?no es (?:el |su |mi )(?:numero|telefono|cel\w*)
(?:(?:esta|este|ella|yo|aqui|a)? ?no (?:es|soy|esta|vive|hay|conozco|conocemos|me llamo|se quien es) (?:a )?(?:aqui )?(?:ninguna? )?|(?:(?:cest|c est|ce nest|ce n est|(?:je )?(?:ne )?suis)|je (?:ne )?connais) (?:pas|aucune?) (?:de )?|(?:eu )?nao (?:sou|conheco) (?:o |a )?){names}
no (?:conozco|conocemos) a (?:ninguna?|ningun|nadie|esa persona) ?\w*
(?:este|ese|el) (?:numero|telefono|cel\w*) (?:ya no )?(?:es|pertenece) (?:de|a) (?:otra persona|un nin[oa]|una nin[oa]|un menor|mi {familiar}|alguien)
este es (?:el |un )?(?:numero|telefono|cel\w*) (?:de|del) (?:otra persona|un nin[oa]|una nin[oa]|un menor|mi {familiar}|trabajo|una empresa)
(?:es|soy) (?:menor de edad|un menor)
(?:ya )?(?:los|lo|las|la|te|les) (?:reporte|reporto|reportare|denuncie|denuncio|denunciare|bloquee|bloqueo|estoy (?:reportando|bloqueando)|voy a (?:reportar|denunciar|bloquear|demandar)|vamos a (?:reportar|denunciar|demandar))
(?:voy|vamos) a (?:reportar|denunciar|bloquear|demandar)(?:(?:los|lo|te|las|la)| (?:este|su|esto)(?: numero)?)
(?:reportados?|bloqueados?|denunciados?)(?: (?:como|por) spam)?$
(?:esto|eso) es (?:spam|acoso|ilegal)
(?:ya )?(?:me|nos) (?:canse|cansaron|hartaron|tienen hart[oa]|tienen cansad[oa])
(?:ya )?(?:estoy|estamos) (?:hart[oa]s?|cansad[oa]s?|fastidiad[oa]s?) (?:de|con) (?:sus|tus|tantos|estos|los|recibir|ustedes|que me)(?: (?:mensajes|sms|llamadas))?$
no (?:me |nos )?(?:molesten?|molestes|molestar|fastidien?|chinguen?|jodan?|frieguen?)(?: (?:mas|ya))*$
(?:mandenme|mandeme|mandame|envienme|envieme|escribanme|escribame) (?:un |por |al |mejor )*(?:correo|email|e mail)
(?:prefiero|preferimos) (?:el |que )*(?:correo electronico|email|e mail)
(?:ecrivez|contactez|envoyez|joignez) (?:moi |nous )(?:un |plutot |seulement )*(?:par )?(?:courriel|email|e mail|la poste)
je prefere (?:le|les|par|un)? ?(?:courriels?|emails?|e mails?)
je (?:vais )?(?:vous|te) (?:signaler|signale|bloque|bloquer|rapporter|denoncer|denonce|poursuivre)
(?:bloque|signale)(?: (?:et|pis|puis) (?:bloque|signale))?(?: comme (?:spam|pourriel|indesirable))?$
je (?:vais |viens de )?(?:signaler?|bloquer?|denoncer?) (?:ce|votre|vos) (?:numero|messages|mensajes)
(?:je vous ai|je lai|jai) (?:signale|bloque|denonce)(?: (?:ce|votre|vos|comme) \w+)?$
(?:cest|c est) (?:du |de la |de l)? ?(?:harcelement|spam|pourriel|illegal)$
(?:il|elle|\w+) (?:na|n a|nutilise|n utilise|na plus|a) plus (?:ce|le|cet) (?:numero|telephone|cell\w*)
(?:ce nest|cest|ce n est) (?:pas|plus) (?:le|son|mon) (?:numero|telephone|cell\w*)
(?:cest|c est|vous textez|vous ecrivez a|vous ecrivez au) (?:le |au )?(?:numero|telephone|cell\w*|tel) (?:de|dun|d un) (?:ma |mon |mes |un |une )?(?:{proche}|mineure?|travail|enfant)
(?:vous (?:mecrivez|menvoyez|textez) )?(?:trop|beaucoup trop) (?:de (?:messages|mensajes|sms)|souvent)
(?:dejame|dejenme|dejeme|me dejen|me dejan|dejenos|dejadme|me deja)(?: ya)? (?:en paz|tranquil[oa]|sol[oa])
(?:dejen|deje|deja|paren|pare) de (?:joder|chingar|fregar|molestar)\w*
no (?:me|nos) (?:molest|jod|chingu|frieg|fastidi)\w*
(?:tiene|tienes|tienen|es|este es|creo que tiene|se|perdon|esta)? ?(?:el |un |al |de |al )*(?:numero|persona|telefono) (?:equivocad[oa]|incorrect[oa]|erroneo|mal)
(?:se|te) (?:ha |han |has )?(?:equivoc\w+)(?: de (?:numero|persona))?
(?:esta|estas|estan) (?:equivocad[oa]s?)(?: de (?:numero|persona))?$
(?:yo )?no soy (?:esa persona|el|ella|la persona|quien)
(?:este )?no es (?:mi|el|su) numero
(?:esse |este )?nao e (?:o )?(?:meu )?(?:numero|telefone)
ce nest pas (?:le bon|mon|son)
no (?:hay|vive|conozco) (?:nadie|a nadie|ninguna?|aqui)
no (?:me interesa|estoy interesad[oa]|tengo interes)$
(?:vete|vayase|vayanse|largo|largate)(?: (?:a la mierda|al carajo|al diablo|de aqui))?$
(?:ya )?(?:basta|dejen ya|ya estuvo|ya dejen|ya parenle|parenle|parale|ya parale|ya no)$
no (?:quiero|deseo)(?: nada)?$
(?:chinga tu madre|vete a la mierda|que te jodan|chinguen)
(?:c est |vous avez |tu as |cest |desole )*(?:le |un |du |la |une )?(?:mauvaise?|faux|fausse) (?:numero|destinataire|contact|personne)
(?:vous vous |tu te |vous )?(?:trompez|trompes|etes trompes?|erreur) de (?:numero|personne)
erreur de (?:numero|personne)
(?:laissez|laisse|fichez|foutez|fiche|fous|sacre|sacrez) (?:moi|nous) (?:tranquille|la paix|en paix|patience|la sainte paix)
(?:ne )?(?:je )?(?:ne )?suis pas (?:la bonne personne|cette personne|interesse\w*)
pas interesse\w*
ne me derangez(?: (?:pas|plus))?
(?:ca suffit|arretez de machaler|arrete de machaler|lachez moi|lache moi|assez|foutez le camp|va te faire|allez vous faire|va chier|degage|arrete ca|arretez ca|stop ca)
(?:me )?(?:deixa|deixe|deixem)(?: me)? (?:em paz|quiet[oa]|sossegad[oa])
(?:e |este e |voce tem |voce esta com )*(?:o )?(?:numero|pessoa|contato) errad[oa]
(?:e )?(?:um )?engano$
(?:eu )?nao (?:sou (?:essa pessoa|esta pessoa)|estou interessad[oa]|tenho interesse|conheco)
nao (?:quero|me interessa|me incomode|me perturbe)(?: mais)?$
(?:vai se foder|vai tomar no cu|vai pro inferno)
como (?:me doy|puedo darme|cancelo|me desuscribo|me salgo|hago para (?:parar|cancelar|dejar)|faco para (?:parar|cancelar|sair)|me descadastro|cancelo isso)
comment (?:me desabonner|se desabonner|je me desabonne|arreter)
"""

CALLS = r"""
(?:ya )?(?:no|nunca) (?:(?:me |nos )(?:llame[ns]?|llamar|marque[ns]?)|llamen?)(?: mas)?
(?:dejen|deje|deja|paren|pare) de (?:llamarme|llamarnos|llamar|marcarme)
(?:ne )?(?:me |nous |m)?(?:r?appel(?:ez|le))(?: moi)? (?:plus|pas|jamais)
(?:arretez|arrete|cessez|cesse) (?:de |d )?(?:me |nous |m ?)?r?appeler
nao (?:me |nos )?(?:ligue|liguem|ligar|liga)(?: mais)?
(?:pare|parem|para) de (?:me |nos )?ligar
"""
