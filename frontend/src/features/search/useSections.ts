import { IconBackspace, IconListSearch, IconMessagePlus, IconMessageQuestion } from '@tabler/icons-react'
import { useText } from '@/lib/i18n'
import { keyOf, textOf } from './found'
import { texts } from './i18n'
import { type Command, type Here, isNamed, matching, type Offer, type Option, type Section } from './options'
import type { GlobalSearch } from './search'
import type { Hit, KeptSearch } from './types'
import type { Found } from './useFound'

interface Given {
  words: string
  search: GlobalSearch
  found: Found
  kept: readonly KeptSearch[]
  commands: readonly Command[]
  here: Here | undefined
  memberId: string
  results: (search: GlobalSearch) => string
  ask: (communityId: string | undefined, words: string) => string
  onWriteTo: ((person: { id: string; name: string }) => void) | undefined
  onForgetAll: () => void
}

/** All that may be chosen now: what was found, by kind, then what may be done about it. */
export function useSections(given: Given): Section[] {
  const t = useText(texts)
  const { words, found, kept, commands } = given
  if (words === '') {
    return filled([
      { key: 'kept', heading: t('kept'), options: kept.map((one) => ({ key: `kept:${one.id}`, kept: one })) },
      { key: 'actions', heading: t('actions'), options: offers(atFirst()) },
    ])
  }
  return filled([
    ...found.groups.map(({ kind, hits }) => ({
      key: kind,
      heading: t(kind),
      options: hits.map((hit) => ({ key: keyOf(hit), hit })),
    })),
    { key: 'actions', heading: t('actions'), options: offers([...aboutWhatIsFound(), ...named(), all()]) },
  ])

  function atFirst(): Offer[] {
    const forget = {
      key: 'forget',
      title: t('forgetAll'),
      detail: t('forgetAllText'),
      icon: IconBackspace,
      run: given.onForgetAll,
    }
    return [...commands.filter(({ first }) => first).map(offered), ...(kept.length > 0 ? [forget] : [])]
  }

  function aboutWhatIsFound(): Offer[] {
    const { memberId, onWriteTo, here, ask } = given
    const hits = found.groups.flatMap((group) => group.hits)
    const person = hits.find(({ kind, id }) => kind === 'person' && id !== memberId)
    const community = hits.find((hit) => hit.community?.may_post)
    const place = here?.mayPost ? here : community && { id: community.id, name: textOf(community.title) }
    return [
      ...(person && onWriteTo ? [writeTo(person, onWriteTo)] : []),
      {
        key: 'ask',
        title: place ? t('ask', { words, name: place.name }) : t('askSome', { words }),
        detail: t('askText'),
        icon: IconMessageQuestion,
        to: ask(place?.id, words),
      },
    ]
  }

  function writeTo(person: Hit, write: (person: { id: string; name: string }) => void): Offer {
    const one = { id: person.id, name: textOf(person.title) }
    return {
      key: 'write',
      title: t('writeTo', { name: one.name }),
      detail: t('writeToText'),
      icon: IconMessagePlus,
      run: () => write(one),
    }
  }

  function named(): Offer[] {
    return matching(commands, words).map(offered)
  }

  function all(): Offer {
    const to = given.results(given.search)
    return { key: 'all', title: t('allResults', { words }), detail: t('allResultsText'), icon: IconListSearch, to }
  }
}

/** What Enter opens when nothing was chosen: what bears the very name that is written, else what was found best. */
export function firstOf(sections: readonly Section[], best: Hit | undefined, words: string): string | undefined {
  const options = sections.flatMap((section) => section.options)
  const named = words !== '' && options.find((option) => 'offer' in option && isNamed(option.offer, words))
  const found = best && options.find(({ key }) => key === keyOf(best))
  return (named || found || options[0])?.key
}

const offers = (all: readonly Offer[]): Option[] => all.map((offer) => ({ key: `offer:${offer.key}`, offer }))
const offered = ({ key, title, detail = '', icon, to }: Command): Offer => ({ key, title, detail, icon, to })
const filled = (sections: readonly Section[]) => sections.filter(({ options }) => options.length > 0)
