/** What a column can be. Of the single ones a file has one; it may have several columns of groups and of notes. */
export type SingleRole =
  | 'externalId'
  | 'phone'
  | 'firstName'
  | 'lastName'
  | 'fullName'
  | 'language'
  | 'zip'
  | 'state'
  | 'timeZone'
  | 'optOut'
  | 'consent'
  | 'kind';
export type ColumnRole = SingleRole | 'groups' | 'ignored';

/**
 * Names of columns, in lower case and without spaces, punctuation and accents (`#` is `number`): first the names that say it
 * outright, then those that may mean it and yield to the first. Home and work phones are missing on purpose: they are
 * mostly landlines, and a text meant for the patient would reach the family or the office.
 */
export const ALIASES: readonly (readonly [ColumnRole, string, string?])[] = [
  [
    'externalId',
    'mrn mrnumber mrno medicalrecordnumber medicalrecordno medicalrecord patientid patid ptid patientnumber patientno ' +
      'ptnumber patientmrn patmrn patmrnid mrnid patientidentifier chart chartnumber chartno chartid externalid ehrid emrid idpaciente ' +
      'numerodepaciente expediente',
    'id personid recordid clientid clientnumber memberid accountnumber accountno acctnumber acctno account enterpriseid',
  ],
  [
    'phone',
    'mobile mobilephone mobilenumber mobileno mobilephonenumber mobilephoneno cell cellphone cellnumber cellno cellular ' +
      'cellphonenumber cellphoneno cellularphone patcell patcellphone patientcell patientcellphone patientmobile patientmobilephone ptcell ' +
      'phonemobile phonecell smsnumber smsphone textnumber textphone celular movil telefonomovil telefonocelular numerocelular',
    'phone phonenumber phoneno telephone telephonenumber telephoneno tel telno telnumber patientphone patientphonenumber ' +
      'ptphone primaryphone primaryphonenumber mainphone phone1 phonenumber1 contactphone contactnumber preferredphone ' +
      'telefono numerodetelefono',
  ],
  [
    'firstName',
    'firstname first fname givenname forename patientfirstname patfirstname ptfirstname patientfirst namefirst legalfirstname ' +
      'nombre nombres primernombre',
  ],
  [
    'lastName',
    'lastname last lname surname familyname patientlastname patlastname ptlastname patientlast namelast legallastname apellido apellidos',
  ],
  ['fullName', 'fullname patientname patname ptname patientfullname clientname nombrecompleto', 'name patient'],
  [
    'language',
    'language preferredlanguage preflanguage preflang prefdlanguage languagepreference primarylanguage spokenlanguage ' +
      'languagespoken patientlanguage patlanguage languagename idioma idiomapreferido lengua',
    'lang languagecode',
  ],
  [
    'zip',
    'zip zipcode zip5 homezip homezipcode patientzip postalcode postcode zippostalcode codigopostal',
    'mailingzip',
  ],
  [
    'state',
    'state homestate patientstate stateprovince stateabbreviation statecode estado',
    'st province mailingstate',
  ],
  ['timeZone', 'timezone tz patienttimezone zonahoraria husohorario'],
  [
    'optOut',
    'optout optedout smsoptout textoptout optoutsms optoutoftexts optoutoftext donottext donottxt donotsms nosms notext ' +
      'notexts notexting textoptedout smsoptedout unsubscribed',
    'donotcontact dnc unsubscribe',
  ],
  [
    'consent',
    'smsconsent textconsent textingconsent consenttotext consenttosms consenttotexting textmessageconsent consentsms ' +
      'consenttext oktotext oktosms oktext textok smsok cantext maytext smsoptin textoptin optedin optin permissiontotext ' +
      'allowtext allowtexts allowsms allowtextmessages tcpaconsent',
    'consent consented consentimiento',
  ],
  ['kind', 'kind persontype profiletype patientorstaff'],
  [
    'groups',
    'group groups groupname groupnames group1 group2 group3 cohort cohorts tag tags list lists program grupo grupos',
  ],
  [
    'ignored',
    'note notes comment comments remark remarks internalnotes internalnote patientnotes notas nota comentario comentarios',
  ],
];
