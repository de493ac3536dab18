import { messageOf } from '@/api/problem'
import { CheckCard } from '@/components/forms/CheckCard'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { stoneOf } from '@/entities/interest/stones'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Choice } from '../useChoice'
import styles from './onboarding.module.css'

const MOST_TILES = 6

/** Cards to tick, and what was ticked. */
export function InterestPicker({ choice }: { choice: Choice }) {
  const t = useText(texts)
  if (choice.error) return <ErrorState onRetry={choice.retry}>{messageOf(choice.error)}</ErrorState>
  if (!choice.ready) return <LoadingSlab lines={6} />
  return (
    <>
      <fieldset>
        <VisuallyHidden as="legend">{t('interests')}</VisuallyHidden>
        <div className={styles.interests}>
          {choice.interests.map(({ key, name }) => (
            <CheckCard
              key={key}
              label={name}
              picture={<CommunityTile of={stoneOf(key)} size={38} />}
              checked={choice.chosen.includes(key)}
              onChange={() => choice.toggle(key)}
            />
          ))}
        </div>
      </fieldset>
      <p className={styles.count}>
        <span className={styles.tiles} aria-hidden="true">
          {choice.chosen.slice(0, MOST_TILES).map((id) => (
            <CommunityTile key={id} of={stoneOf(id)} size={34} />
          ))}
        </span>
        <span role="status">
          {choice.chosen.length === 0 ? t('noneChosen') : t('chosen', { count: choice.chosen.length })}
        </span>
      </p>
    </>
  )
}
