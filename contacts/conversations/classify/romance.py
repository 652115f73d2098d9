"""Requests and doubts in Spanish, French and Portuguese, in the manner of ``phrases``. Tables only."""

PARTS = {
    "sms": r"(?:mensajes?|sms|texto|notificaciones|alertas|llamadas|correos|mas mensajes|nada|spam|publicidad|propaganda)",
    "de": r"(?:de |la |las |el |los |su |sus |tu |tus |esta |estas |este |estos |mas |ningun |ninguna |ningunos |tantos |este tipo de |estos tipos de |mi |vuestra )*",
    "escriban": (
        r"(?:escrib\w+|envi\w+|mand\w+|contact\w+|llam\w+|text\w+|mensaje\w+|comuni\w+|habl\w+|spame\w+|busquen)"
    ),
    "escribirme": (
        r"(?:escribirme|enviarme|mandarme|contactarme|llamarme|textearme|mensajearme|molestarme|enviar|mandar|escribir|contactar|llamar"
        r"|textear|me escribir|me enviar|me mandar|me contactar|molestar|acosarme|comunicarse conmigo|escribirnos|enviarnos|mandarnos|texteando)"
    ),
    "quitenme": (
        r"(?:(?:quit|saqu|sac|borr|elimin|remuev|remov|retir|desuscrib|desinscrib|desafili|suprim|bórr|exclu)\w*me|me (?:quit|saqu|sac|borr|elimin|remuev"
        r"|retir|desuscrib|desinscrib|den|de|da)\w*|(?:deme|denme|dame|darme|dadme|denos) de baja|dar(?:me)? de baja)"
    ),
    "envoyer": (
        r"(?:menvoyer|m envoyer|envoyer|me texter|texter|me contacter|contacter|mecrire|m ecrire|ecrire|me harceler|harceler|mappeler"
        r"|m appeler|appeler|me deranger|me message\w*|me solliciter|de menvoyer)"
    ),
    "enviar": (
        r"(?:me enviar|enviar|me mandar|mandar|me contatar|contatar|me contactar|me escrever|escrever|me ligar|ligar|me perturbar"
        r"|me incomodar|me chamar|mandar me|enviar me|contatar me|me encher|mandando|enviando|me enviando|me mandando)"
    ),
}

REQUESTS = r"""
no (?:me|nos) (?:vuelvan? a )?{escriban}
ya no (?:me|nos) {escriban}
no (?:vuelva|vuelvan|vuelvas) a (?:{escribirme}|{escriban})
(?:dejen|deje|deja|dejad|paren|pare|para|parad|cesen|cese|eviten|dejar|terminen|basta|favor de dejar) (?:ya )?de {escribirme}
(?:ya )?no (?:quiero|deseo|quisiera|queremos|necesito|autorizo|acepto|me interesa) (?:(?:mas )?(?:recibir|que me (?:envien|manden|escriban|contacten|llamen|texteen))|{de}(?:mensajes?|sms|llamadas|notificaciones|spam|propaganda))
(?:ya )?no (?:quiero|deseo|quisiera) (?:ser contactad[oa]|estar en (?:la|su|esta|tu) lista|saber (?:mas )?(?:nada )?de ustedes|nada de ustedes)
no (?:mas )?(?:quiero|deseo) (?:mas )?{sms}
(?:ya )?no mas {de}(?:mensajes?|sms|llamadas|notificaciones|spam|propaganda|publicidad)
basta (?:ya )?(?:de|con) {de}(?:mensajes?|sms|llamadas|spam|propaganda)
(?:no envien?|no manden?|no mandes|no envies) {de}(?:mensajes?|sms|nada)
(?:dejen|deje|paren|pare) (?:de )?{de}(?:mensajes?|sms)
{quitenme}(?: ya)?(?: (?:de|del) {de}(?:lista|listas|base de datos|base|sistema|grupo|registro|contactos|aqui|mensajes|ahi))
(?:deme|denme|dame|darme|dadme|denos|me (?:den|de|da|dan)) de baja
(?:quiten|quite|quita|saquen|saque|saca|borren|borre|borra|eliminen|elimine|elimina|remuevan|remueva|retiren|retire|quitar|sacar|borrar|eliminar|olviden|olvide|pierdan|olvidate de|olvidense de) (?:mi|este|nuestro) (?:numero|telefono|nombre|celular|contacto|informacion)
(?:cancelen?|cancela|cancelar|anulen?|anular) (?:(?:mi|la|esta) )?(?:suscripcion|subscripcion|inscripcion)
(?:quiero|quisiera|deseo|me gustaria|necesito|solicito|pido|favor de|puede|pueden|podrian|podria) (?:que me (?:den de baja|quiten|saquen|borren|eliminen|remuevan)|darme de baja|desuscribirme|desinscribirme|salir de {de}lista|cancelar (?:mi|la) suscripcion|dejar de recibir|quitarme|sacarme|borrarme|eliminarme|dar de baja)
(?:retiro|revoco) mi (?:consentimiento|autorizacion|permiso)
(?:desuscrib|desinscrib)\w+
ne (?:me |m |nous )?(?:menvoyez|envoyez|mecrivez|ecrivez|contactez|textez|appelez|mappelez|contacter|deranger|derangez|sollicitez|envoie|texte|contacte|ecris|mecris|menvoie|textez|message) (?:plus|pas|jamais|rien)
ne (?:plus|pas) (?:me |m|m )?(?:contacter|ecrire|envoyer|texter|appeler|deranger|mecrire|menvoyer)
(?:arretez|arrete|cessez|cesse|arreter|stoppez|veuillez cesser|veuillez arreter|merci de cesser|merci d arreter) (?:de |d )?(?:{envoyer}|denvoyer|decrire|dappeler)
(?:arretez|cessez|stop aux?|arret des|stop les|arretez les|plus de|plus aucun|fini les|assez de|stop) (?:les |ces |vos |des |de |d )*(?:messages?|mensajes|sms|textos?)
je (?:ne )?(?:veux|souhaite|desire|voudrais) (?:plus|pas|pas|plus jamais)(?: (?:recevoir|etre (?:contacte|contactee|sollicite|derange)|de (?:vos |ces )?(?:messages?|mensajes|sms|textos?)|que vous|avoir de (?:messages?|vos)|entendre parler|vos (?:messages|mensajes)))
je (?:veux|souhaite|voudrais|desire|aimerais) (?:me desabonner|me desinscrire|etre (?:retire|retiree|enleve|supprime|desabonne|desinscrit|raye)|ne plus (?:recevoir|etre)|arreter de recevoir|annuler mon abonnement|que vous arretiez|arreter les (?:messages|mensajes))
je (?:me desabonne|me desinscris|retire mon consentement|revoque mon consentement)
(?:retirez|enlevez|supprimez|effacez|otez|rayez|sortez|retire|enleve|supprime|efface|enlever|retirer|supprimer|effacer|radiez) (?:moi|nous|(?:mon|ce|notre) (?:numero|nom|telephone|cell|contact))
(?:desabonnez|desinscrivez|desabonne|desinscris|desabonner|desinscrire) (?:moi|nous|mon numero|ce numero)
(?:me (?:retirer|desabonner|desinscrire|supprimer|enlever)|pouvez vous me (?:retirer|desabonner|desinscrire|supprimer|enlever)|veuillez me (?:retirer|desabonner|desinscrire|supprimer|enlever))
(?:perdez|oubliez|oublie) mon numero
(?:annulez|annuler|annule) (?:mon|l|cet) ?abonnement
(?:pare|parem|para|parar|deixe|deixem|chega) de {enviar}
(?:nao|nunca mais) (?:me |nos )(?:envi\w+|mand\w+|contat\w+|contact\w+|escrev\w+|lig\w+|perturb\w+|incomod\w+|cham\w+|procur\w+)
nao (?:envi\w+|mand\w+) (?:mais|nada|mensagens|mensagem|sms)
(?:eu )?nao (?:quero|desejo|gostaria de|aceito|autorizo) (?:mais )?(?:receber|ser contatad[oa]|essas mensagens|mensagens|mensagem|suas mensagens|que me (?:envi\w+|mand\w+)|sms)
(?:chega|basta) de (?:mensagens|mensagem|sms)
(?:sem mais|nada de|nao mais|mais nenhuma) (?:mensagens|mensagem|sms)
(?:me (?:tire|tira|tirem|remova|remove|removam|retire|retirem|exclua|exclui|excluam|apague|descadastr\w+|desinscrev\w+)|(?:tire|remova|retire|exclua|apague|removam|tirem) me)
(?:tire|tira|tirem|remova|remove|removam|retire|retirem|exclua|excluam|apague|apaguem|delete|esqueca|perca) (?:o )?(?:meu|este|esse) (?:numero|telefone|nome|contato|celular)
(?:quero|gostaria de|desejo|preciso|queria) (?:me descadastrar|me desinscrever|descadastrar|sair (?:da|dessa|desta|do) (?:lista|grupo)|cancelar (?:a |minha |a minha )?(?:inscricao|assinatura)|ser removid[oa]|parar de receber|deixar de receber|que me (?:tir|remov)\w+|ser retirad[oa]|sair da sua lista)
(?:cancele|cancelar|cancelem|cancela) (?:a )?minha (?:inscricao|assinatura)
(?:sair|saia) da (?:sua )?lista
(?:salir|salirme) de (?:la|esta|su) lista
(?:descadastr|desinscrev)\w+
"""

SHORT_REQUESTS = r"""
{quitenme}
(?:dejen|deje|paren|pare) de (?:escribir|llamar|textear|mandar|enviar)
(?:detener|detengan|detenga|parar|alto a|alto a los|alto con los|alto de) {de}(?:mensajes?|sms)
(?:cancelar|detener|parar|suspender|quitar|terminar) (?:los |las |estos |sus |todos los )?(?:mensajes?|sms|notificaciones|alertas)
(?:cancelar|parar|suspender) (?:as |os |estas |essas |todas as )?(?:mensagens|mensagem|sms)
dar de baja
(?:quiero|quisiera) (?:que )?(?:paren|parar|dejen|dejar) de recibir
sin mas mensajes
aucun message|plus rien
"""

LEADS = r"""
(?:puede|pueden|podria|podrian|puedes|podrias|quiero|quisiera|necesito|le pido|les pido|te pido|pido|solicito|ruego|favor|hagan el favor de|le ruego|exijo|deseo)(?: que)?(?: ya)?
(?:hola|gracias|ya|oye|oigan|disculpe|disculpa|perdon|perdone|senor|senora|amigo|si|no gracias|mira|miren|bueno|y|pero|entonces|favor de)
(?:pouvez vous|pourriez vous|peux tu|veuillez|je vous demande|je vous prie|merci de|s il vous plait|bonjour|bonsoir|merci|salut|je veux que vous|svp|vous pouvez|je demande)(?: de| d)?
(?:pode|podem|poderia|poderiam|voce pode|voces podem|voce poderia|quero que|eu quero|eu gostaria|gostaria|peco que|peco|ola|oi|obrigado|obrigada|queria|favor|gentileza|solicito|eu)(?: que)?(?: voce| voces)?
"""

DOUBTS = r"""
(?:dejame|dejenme|dejeme|me dejen|me dejan|dejenos|dejadme|me deja)(?: ya)? (?:en paz|tranquil[oa]|sol[oa])
(?:dejen|deje|deja|paren|pare) de (?:joder|chingar|fregar|molestar)\w*
no (?:me|nos) (?:molest|jod|chingu|frieg|fastidi)\w*
(?:tiene|tienes|tienen|es|este es|creo que tiene|se|perdon|esta)? ?(?:el |un |al |de |al )*(?:numero|persona|telefono) (?:equivocad[oa]|incorrect[oa]|erroneo|mal)
(?:se|te) (?:ha |han |has )?(?:equivoc\w+)(?: de (?:numero|persona))?
(?:esta|estas|estan) (?:equivocad[oa]s?)(?: de (?:numero|persona))?$
(?:yo )?no soy (?:{names}|esa persona|el|ella|la persona|quien)
(?:aqui )?no (?:vive|es|hay) (?:aqui |ningun |ninguna )?{names}
(?:este )?no es (?:mi|el|su) numero
(?:esse |este )?nao e (?:o )?(?:meu )?(?:numero|telefone)
ce nest pas (?:{names}|le bon|mon|son)
no (?:hay|vive|conozco) (?:nadie|a nadie|ninguna?|aqui|a {names})
no (?:me interesa|estoy interesad[oa]|tengo interes)$
(?:vete|vayase|vayanse|largo|largate)(?: (?:a la mierda|al carajo|al diablo|de aqui))?$
(?:ya )?(?:basta|dejen ya|ya estuvo|ya dejen|ya parenle|parenle|parale|ya parale|ya no)$
no (?:quiero|deseo)(?: nada)?$
(?:chinga tu madre|vete a la mierda|que te jodan|chinguen)
(?:c est |vous avez |tu as |cest |desole )*(?:le |un |du )?(?:mauvais|faux) (?:numero|destinataire|contact)
(?:vous vous |tu te |vous )?(?:trompez|trompes|etes trompes?|erreur) de (?:numero|personne)
erreur de (?:numero|personne)
(?:laissez|laisse|fichez|foutez|fiche|fous) (?:moi|nous) (?:tranquille|la paix|en paix)
(?:ne )?(?:je )?(?:ne )?suis pas (?:{names}|la bonne personne|cette personne|interesse\w*)
pas interesse\w*
ne me derangez(?: (?:pas|plus))?
(?:ca suffit|assez|foutez le camp|va te faire|allez vous faire|va chier|degage|arrete ca|arretez ca|stop ca)
(?:me )?(?:deixa|deixe|deixem)(?: me)? (?:em paz|quiet[oa]|sossegad[oa])
(?:e |este e |voce tem |voce esta com )*(?:o )?(?:numero|pessoa|contato) errad[oa]
(?:e )?(?:um )?engano$
(?:eu )?nao (?:sou (?:o |a )?(?:{names}|essa pessoa|esta pessoa)|estou interessad[oa]|tenho interesse|conheco)
nao (?:quero|me interessa|me incomode|me perturbe)(?: mais)?$
(?:vai se foder|vai tomar no cu|vai pro inferno)
como (?:me doy|puedo darme|cancelo|me desuscribo|me salgo|hago para (?:parar|cancelar|dejar)|faco para (?:parar|cancelar|sair)|me descadastro|cancelo isso)
comment (?:me desabonner|se desabonner|je me desabonne|arreter)
"""
