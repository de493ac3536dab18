import { IconUser, IconUsersPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { isOvertaken } from '@/api/useDraft'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { Dialog } from '@/components/overlays/Dialog'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { texts as common } from '../i18n'
import { usePutRights } from '../mutations'
import { rightsQuery } from '../queries'
import { draftOf, type Given, givenOf, keyOf, withGiven } from '../rights'
import { texts } from '../rights.texts'
import { type Level, levels, type Rights, type Thing } from '../types'
import styles from './dialogs.module.css'
import { GiveTo } from './GiveTo'

interface RightsDialogProps {
  open: boolean
  onClose: () => void
  thing: Thing
}

/** Who may do what: what comes from above, and what is given here. */
export function RightsDialog({ open, onClose, thing }: RightsDialogProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t('shareOne', { name: thing.name })} width={600}>
      <Present thing={thing} onDone={onClose} />
    </Dialog>
  )
}

function Present({ thing, onDone }: { thing: Thing; onDone: () => void }) {
  const query = useQuery(rightsQuery(thing))
  return <Loaded query={query}>{(rights) => <Editing thing={thing} rights={rights} onDone={onDone} />}</Loaded>
}

interface EditingProps {
  thing: Thing
  rights: Rights
  onDone: () => void
}

function Editing({ thing, rights: told, onDone }: EditingProps) {
  const t = useText(texts)
  const tc = useText(common)
  // What is changed meanwhile elsewhere is not taken for what was seen here: it would be overwritten unseen.
  const [rights] = useState(told)
  const [given, setGiven] = useState<readonly Given[]>(() => rights.grants.map(givenOf))
  const [inherits, setInherits] = useState(rights.inherits)
  const put = usePutRights(thing)
  const keep = () => {
    if (!put.isPending) put.mutate({ draft: draftOf(inherits, given), held: rights }, { onSuccess: onDone })
  }
  return (
    <div className={styles.rights}>
      <GiveTo known={given.map(keyOf)} onGive={(one) => setGiven((now) => withGiven(now, one))} />
      <section>
        <h3>{t('givenHere')}</h3>
        {given.length === 0 ? (
          <p className={styles.none}>{t('nothingGiven')}</p>
        ) : (
          <ul className={styles.grants}>
            {given.map((one) => (
              <li key={keyOf(one)}>
                <Whom given={one} />
                <LevelField
                  name={one.name || tc('somebody')}
                  level={one.level}
                  onChange={(level) => setGiven((now) => withGiven(now, { ...one, level }))}
                />
                <IconButton
                  icon={IconX}
                  label={t('takeBackFrom', { name: one.name || tc('somebody') })}
                  onClick={() => setGiven((now) => now.filter((other) => keyOf(other) !== keyOf(one)))}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h3>{t('fromAbove')}</h3>
        <Checkbox
          label={t('inherits')}
          hint={t(inherits ? 'inheritsHint' : 'inheritsNot')}
          checked={inherits}
          onChange={(event) => setInherits(event.target.checked)}
        />
        {inherits && (
          <ul className={styles.grants}>
            {rights.inherited.map(givenOf).map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same may come from two places.
              <li key={index}>
                <Whom given={one} />
                <span className={styles.level}>{t(one.level)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <div>
        <FormError>{put.error && (isOvertaken(put.error) ? t('rightsOvertaken') : messageOf(put.error))}</FormError>
        <div className={styles.buttons}>
          <Button busy={put.isPending} onClick={keep}>
            {tc('keep')}
          </Button>
        </div>
      </div>
    </div>
  )
}

function Whom({ given }: { given: Given }) {
  const t = useText(texts)
  const tc = useText(common)
  return (
    <span className={styles.whom}>
      {given.person ? (
        <PersonAvatar {...given.person} size={28} photo={given.person.avatar?.small} />
      ) : given.kind === 'community' ? (
        <CommunityTile of={given.id} size={28} />
      ) : (
        <span className={styles.mark}>
          <Icon as={given.kind === 'audience' ? IconUsersPlus : IconUser} size={17} />
        </span>
      )}
      <span>
        {given.name || tc('somebody')}
        {given.from && <small>{t('fromFolder', { name: given.from })}</small>}
      </span>
    </span>
  )
}

interface LevelFieldProps {
  name: string
  level: Level
  onChange: (level: Level) => void
}

function LevelField({ name, level, onChange }: LevelFieldProps) {
  const t = useText(texts)
  return (
    <label className={styles.levelField}>
      <VisuallyHidden>{t('levelOf', { name })}</VisuallyHidden>
      <select value={level} onChange={(event) => onChange(event.target.value as Level)}>
        {levels.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
