import {
  IconBuildingArch,
  IconBulb,
  IconCalendarEvent,
  IconChartBar,
  IconHelpCircle,
  IconPencil,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useId, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { ComboField } from '@/components/forms/ComboField'
import { Icon, type IconType } from '@/components/Icon'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../feed.texts'
import { placesQuery } from '../queries'
import type { Place, Writing } from '../writing'
import type { Asked } from './Composer'
import composer from './composer.module.css'
import styles from './feed.module.css'

const WritingForm = lazy(async () => ({ default: (await import('./WritingForm')).WritingForm }))

type Kind = Writing['kind']
const KINDS = [
  ['message', IconPencil],
  ['question', IconHelpCircle],
  ['poll', IconChartBar],
  ['idea', IconBulb],
  ['event', IconCalendarEvent],
] as const satisfies readonly (readonly [Kind, IconType])[]

/** Where one writes from home: a line, which asks in which community, and opens. */
export function HomeComposer({ asked }: { asked?: Asked | undefined }) {
  const t = useText(texts)
  const member = useMember()
  const [kind, setKind] = useState<Kind | undefined>(asked?.begun?.kind)
  const [place, setPlace] = useState<Place | null>(null)
  const close = () => {
    setKind(undefined)
    setPlace(null)
    asked?.onDone()
  }
  if (kind !== undefined && place !== null) {
    return (
      <Suspense fallback={<LoadingSlab lines={4} />}>
        <WritingForm
          place={place}
          begun={{ ...asked?.begun, kind }}
          mayUpload={place.mayUpload ?? false}
          onDone={close}
        />
      </Suspense>
    )
  }
  if (kind !== undefined) return <Where onChoose={setPlace} onClose={close} />
  return (
    <>
      <div className={composer.line}>
        <PersonAvatar id={member.id} name={member.name} public={member.public} size={38} photo={member.avatar?.small} />
        <button type="button" onClick={() => setKind('message')}>
          {t('ask')}
        </button>
      </div>
      <div className={styles.kinds}>
        {KINDS.map(([one, icon]) => (
          <Button key={one} look="quiet" icon={icon} onClick={() => setKind(one)}>
            {t(one)}
          </Button>
        ))}
      </div>
    </>
  )
}

const AT_HAND = 6

/** Those where something was last said are at hand; the others are found by their name. */
function Where({ onChoose, onClose }: { onChoose: (place: Place | null) => void; onClose: () => void }) {
  const t = useText(texts)
  const { abilities } = useMember()
  const heading = useId()
  const [words, setWords] = useState('')
  const all = useQuery(placesQuery(''))
  const found = useQuery(placesQuery(words))
  const atHand = all.data?.slice(0, AT_HAND) ?? []
  return (
    <div className={styles.where} aria-busy={all.isPending}>
      <h2 id={heading}>{t('where')}</h2>
      {all.data?.length === 0 && <p className={styles.muted}>{t('nowhere')}</p>}
      <ul className={composer.places} aria-labelledby={heading}>
        {abilities.includes('announce') && (
          <li>
            <button
              type="button"
              className={styles.place}
              onClick={() => onChoose({ id: 'square', name: t('square'), mayUpload: true, square: true })}
            >
              <Icon as={IconBuildingArch} size={24} />
              {t('square')}
            </button>
          </li>
        )}
        {atHand.map((place) => (
          <li key={place.id}>
            <button type="button" className={styles.place} onClick={() => onChoose(place)}>
              <CommunityTile of={place.id} size={24} />
              {place.name}
            </button>
          </li>
        ))}
      </ul>
      {(all.data?.length ?? 0) > AT_HAND && (
        <ComboField
          label={t('elsewhere')}
          value={null}
          busy={found.isFetching}
          choices={found.data ?? []}
          onWrite={setWords}
          onChange={(choice) => onChoose(found.data?.find(({ id }) => id === choice?.id) ?? null)}
        />
      )}
      <Button look="secondary" onClick={onClose}>
        {t('close')}
      </Button>
    </div>
  )
}
