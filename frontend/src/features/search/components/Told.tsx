import { useMediaQuery } from '@mantine/hooks'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import { formatMoment } from '@/lib/dates'
import { type Translate, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { beginningNear, textOf } from '../found'
import { texts } from '../i18n'
import type { Hit, KeptSearch } from '../types'
import { Marked } from './Marked'

type Words = Translate<(typeof texts)['fr']>

const groups = ['document', 'pdf', 'sheet', 'slides', 'image', 'video', 'audio', 'archive', 'code', 'text'] as const

/** What kind of file it is. */
export function kindOfFile({ document }: Pick<Hit, 'document'>, t: Words) {
  const group = groups.find((one) => one === document?.group)
  return t(group === 'document' ? 'written' : (group ?? 'other'))
}

/** How many letters may stand before what was looked for. */
const [NARROW, WIDE] = [18, 48]
/** A skill alone says little of somebody. */
const A_WORD_OR_TWO = 30

/** What it is called: a message has no title of its own, and goes by where it was said. */
export function nameOf({ kind, title, place }: Hit, t: Words): string {
  return kind === 'message' ? place?.name || t('conversation') : textOf(title)
}

/** What a search was kept to: kinds, and the place by its name, as far as it may still be known. */
export function whereKept({ kinds, place_id, place }: Pick<KeptSearch, 'kinds' | 'place_id' | 'place'>, t: Words) {
  const there = place ? t('within', { name: place.name || t('conversation') }) : place_id && t('withinGone')
  return [...kinds.map((kind) => t(kind)), there].filter(Boolean).join(', ')
}

export function Titled({ hit }: { hit: Hit }) {
  const t = useText(texts)
  return hit.kind === 'message' ? nameOf(hit, t) : <Marked passages={hit.title} />
}

/** One line about what was found: the words that say why, else what it is and whose. */
export function Told({ hit }: { hit: Hit }) {
  const t = useText(texts)
  const language = useLanguage()
  const { kind, person, community, document, author, place, event } = hit
  const isNarrow = useMediaQuery('(max-width: 43.74em)', false, { getInitialValueInEffect: false })
  const passage = hit.passages[0] && beginningNear(hit.passages[0], isNarrow ? NARROW : WIDE)
  if (kind === 'person') {
    const saysEnough = textOf(hit.passages[0] ?? []).length > A_WORD_OR_TWO
    return (
      <>
        {person?.public && <PublicGlyph public={person.public} />}
        {saysEnough ? null : (person?.affiliation ?? person?.headline)}
        {passage && !saysEnough && person?.affiliation && ', '}
        {passage && <Marked passages={passage} />}
      </>
    )
  }
  if (kind === 'community') {
    return (
      <>
        {community && t('people', { count: community.people })}
        {community && passage && ', '}
        {passage ? <Marked passages={passage} /> : null}
      </>
    )
  }
  if (passage) {
    return (
      <>
        {author && (kind === 'comment' || kind === 'message') && `${author.name}\u00a0: `}
        <Marked passages={passage} />
      </>
    )
  }
  const what =
    kind === 'page' ? t('together') : document && `${kindOfFile(hit, t)}, ${formatSize(document.size, language)}`
  const when = event && formatMoment(event.starts_at, language)
  return [what, when, author && t('by', { name: author.name }), place?.name].filter(Boolean).join(', ')
}
