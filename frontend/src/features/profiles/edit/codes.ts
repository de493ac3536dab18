import { type Language, locale } from '@/lib/language'
import { countryName, languageName } from '../place'

const COUNTRIES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  )
/** Those most spoken, written and signed by people of a university; any other stays when a profile has it. */
const LANGUAGES =
  'af am ar az be bg bn br bs ca co cs cy da de el en eo es et eu fa fi fr fsl ga gl ha he hi hr ht hu hy id ig is it ja ka kab kk km ko ku la lb ln lo lt lv mg mk ml mn mr ms mt my ne nl no oc pa pl ps pt ro ru rw sk sl so sq sr sv sw ta te th ti tr uk ur uz vi wo yo zh zu'.split(
    ' ',
  )

export const countryOptions = (language: Language) => named(COUNTRIES, (code) => countryName(code, language), language)

export const languageOptions = (language: Language, kept: readonly string[]) =>
  named([...new Set([...LANGUAGES, ...kept])], (code) => languageName(code, language), language)

const named = (codes: readonly string[], nameOf: (code: string) => string, language: Language) =>
  codes
    .map((value) => ({ value, label: nameOf(value) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale(language)))
