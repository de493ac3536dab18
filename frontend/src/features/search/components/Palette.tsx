import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { BareWindow } from '@/components/overlays/BareWindow'
import { useText } from '@/lib/i18n'
import { addressOf, type Ways } from '../addresses'
import type { Scope } from '../found'
import { texts } from '../i18n'
import { useForgetSearches, useKeepSearch } from '../mutations'
import type { Command, Here, Option } from '../options'
import { keptQuery } from '../queries'
import { type GlobalSearch, LONGEST } from '../search'
import type { KeptSearch } from '../types'
import { useFound } from '../useFound'
import { firstOf, useSections } from '../useSections'
import { How } from './How'
import { Keys } from './Keys'
import { Options, optionId } from './Options'
import { Preview } from './Preview'
import styles from './palette.module.css'
import { Scopes } from './Scopes'
import { Said, State } from './States'

export interface PaletteProps {
  open: boolean
  onClose: () => void
  onGo: (address: string) => void
  to: Ways
  commands: readonly Command[]
  here?: Here | undefined
  /** Opened to look there alone. */
  within?: boolean
  memberId: string
  /** Absent for who may not write to people. */
  onWriteTo?: ((person: { id: string; name: string }) => void) | undefined
}

/** The box that finds everything: one writes, and chooses by arrows, by pointer or by finger. */
export function Palette({ open, onClose, ...rest }: PaletteProps) {
  const t = useText(texts)
  // Each time it begins anew, also where it had not faded away yet.
  const [shown, setShown] = useState({ open, times: 0 })
  if (open !== shown.open) setShown({ open, times: shown.times + (open ? 1 : 0) })
  return (
    <BareWindow open={open} onClose={onClose} label={t('title')} width={940}>
      <Inside key={shown.times} {...rest} onClose={onClose} />
    </BareWindow>
  )
}

function Inside({
  onClose,
  onGo,
  to,
  commands,
  here,
  within = false,
  memberId,
  onWriteTo,
}: Omit<PaletteProps, 'open'>) {
  const t = useText(texts)
  const listId = useId()
  const field = useRef<HTMLInputElement>(null)
  const [written, setWritten] = useState('')
  const [scope, setScope] = useState<Scope>('all')
  const [isWithin, setWithin] = useState(within)
  const [looked, setLooked] = useState<string>()
  /** Enter was pressed before what it opens had come. */
  const [awaits, setAwaits] = useState(false)
  const words = written.trim()
  const place = isWithin ? here : undefined
  const found = useFound(written, scope, place)
  const kept = useQuery(keptQuery)
  const keep = useKeepSearch()
  const forget = useForgetSearches()
  const search: GlobalSearch = {
    q: words,
    ...(scope !== 'all' && { kinds: [scope] }),
    ...(place && { place: place.id }),
  }
  const sections = useSections({
    words,
    search,
    found,
    kept: kept.data?.items ?? [],
    commands,
    here,
    memberId,
    results: to.results,
    ask: to.ask,
    onWriteTo: onWriteTo && ((person) => leave(() => onWriteTo(person))),
    onForgetAll: () => forget.mutate('all'),
  })
  const options = sections.flatMap((section) => section.options)
  const chosen = options.find(({ key }) => key === looked)
  const active = chosen ?? options.find(({ key }) => key === firstOf(sections, found.best, words))
  const isWide = useMediaQuery('(min-width: 56.25em)', false, { getInitialValueInEffect: false })

  const write = (next: string) => {
    setWritten(next)
    setLooked(undefined)
    setAwaits(false)
  }
  const narrow = (next: Scope) => {
    setScope(next)
    setLooked(undefined)
  }
  const leave = (go: () => void) => {
    if (words !== '') keep.mutate(search)
    onClose()
    go()
  }
  const choose = (option: Option) => {
    if ('hit' in option) leave(() => onGo(addressOf(option.hit, to)))
    else if ('kept' in option) takeUp(option.kept)
    else if (option.offer.to !== undefined) leave(() => onGo(option.offer.to as string))
    else option.offer.run?.()
  }
  const takeUp = ({ q, kinds, place_id }: KeptSearch) => {
    if (place_id !== null && place_id !== here?.id) return leave(() => onGo(to.results({ q, kinds, place: place_id })))
    write(q)
    setScope(kinds.length === 1 ? (kinds[0] ?? 'all') : 'all')
    setWithin(place_id !== null)
    field.current?.focus()
  }
  const move = (by: number) => {
    if (options.length === 0) return
    const at = active ? options.indexOf(active) : -1
    setLooked(options[(at + by + options.length) % options.length]?.key)
    field.current?.focus()
  }
  const enter = () => {
    if (words !== '' && !found.isSettled && chosen === undefined) setAwaits(true)
    else if (active) choose(active)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter' && event.target === field.current) enter()
    else if (event.key === 'Delete' && words === '' && active && 'kept' in active) forget.mutate(active.kept.id)
    else return
    event.preventDefault()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when what was waited for has come.
  useEffect(() => {
    if (!awaits || !found.isSettled) return
    setAwaits(false)
    if (active && !found.error) choose(active)
  }, [awaits, found.isSettled])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows lead from anywhere in it back to the list.
    <div className={styles.palette} onKeyDown={press}>
      <div className={styles.line}>
        <Icon as={IconSearch} size={24} />
        <input
          ref={field}
          type="search"
          data-autofocus
          role="combobox"
          aria-label={t('field')}
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active && optionId(listId, active.key)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={LONGEST}
          placeholder={t('fieldHint')}
          value={written}
          onChange={(event) => write(event.target.value)}
        />
      </div>
      {(words !== '' || here) && (
        <Scopes
          counts={words === '' ? [] : (found.answer?.counts ?? [])}
          scope={scope}
          onScope={narrow}
          here={here}
          within={isWithin}
          onWithin={(next) => {
            setWithin(next)
            setLooked(undefined)
          }}
        />
      )}
      <div className={styles.body} data-wide={isWide || undefined}>
        <div className={styles.list}>
          <Said found={found} words={words} scope={scope} />
          {words !== '' && (
            <State found={found} words={words} isNarrowed={scope !== 'all' || isWithin} onWiden={widen} />
          )}
          <Options
            id={listId}
            sections={sections}
            active={active?.key}
            busy={words !== '' && !found.isSettled}
            onLook={setLooked}
            onChoose={choose}
          />
          {words !== '' && found.answer?.is_limited && <p className={styles.note}>{t('limited')}</p>}
        </div>
        {isWide && <Beside option={active} words={words} to={to} onGo={(address) => leave(() => onGo(address))} />}
      </div>
      <Button look="quiet" className={styles.close} onClick={onClose}>
        {t('close')}
      </Button>
      <Keys forgets={words === '' && active !== undefined && 'kept' in active} filters={words !== ''} />
    </div>
  )

  function widen() {
    setScope('all')
    setWithin(false)
    field.current?.focus()
  }
}

const LOOKED_AT = 120

/** What is looked at, for more than a glance; how to search where there is nothing to show. */
function Beside({
  option,
  ...rest
}: {
  option: Option | undefined
  words: string
  to: Ways
  onGo: (to: string) => void
}) {
  const [rested] = useDebouncedValue(option, LOOKED_AT)
  return rested && 'hit' in rested ? <Preview key={rested.key} hit={rested.hit} {...rest} /> : <How />
}
