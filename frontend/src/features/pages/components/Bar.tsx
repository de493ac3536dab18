import { useMediaQuery } from '@mantine/hooks'
import {
  IconArrowLeft,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconDots,
  IconHistory,
  IconListTree,
  IconLock,
  IconMessage,
  IconShare3,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { PageState } from '../session'
import type { PageProps } from './PageView'
import styles from './page.module.css'

const MOST = 4
/** Where its name would have no room beside all that may be done. */
const NARROW = '(max-width: 699px)'

type BarProps = Omit<PageProps, 'onLeave'> & {
  state?: PageState
  onHistory?: () => void
  /** Where there is no room beside the text: the outline, and what is said of it. */
  onOutline?: () => void
  onThreads?: (() => void) | undefined
}

/** What the page is called, whether it is kept, who is here, and what may be done with it. */
export function Bar({ document, to, items, onRename, onShare, state, onHistory, onOutline, onThreads }: BarProps) {
  const t = useText(texts)
  const { name, folder } = document
  const people = state?.people ?? []
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const acts =
    isNarrow && onHistory ? [{ label: t('history'), icon: IconHistory, onSelect: onHistory }, ...items] : items
  return (
    <header className={styles.bar}>
      <Link to={folder ? to.folder(folder.id) : to.home} aria-label={t('back')} className={styles.back}>
        <Icon as={IconArrowLeft} />
      </Link>
      <div className={styles.named}>
        {onRename ? (
          <button type="button" onClick={onRename} title={t('rename', { name })}>
            {name}
          </button>
        ) : (
          <b>{name}</b>
        )}
        <Saved state={state} />
      </div>
      {people.length > 0 && !isNarrow && (
        <span className={styles.here}>
          <VisuallyHidden>{t('present', { count: people.length })}</VisuallyHidden>
          {people.slice(0, MOST).map((person) => (
            <PersonAvatar key={person.id} {...person} size={32} photo={person.avatar?.small} />
          ))}
        </span>
      )}
      {onOutline && (
        <IconButton icon={IconListTree} label={t('outline')} onClick={onOutline} className={styles.outlineWay} />
      )}
      {onThreads && <IconButton icon={IconMessage} label={t('threads')} onClick={onThreads} />}
      {onHistory && !isNarrow && (
        <Button look="secondary" onClick={onHistory} aria-label={t('history')} className={styles.shrinking}>
          <Icon as={IconHistory} size={17} />
          <span>{t('history')}</span>
        </Button>
      )}
      {onShare && (
        <Button onClick={onShare} aria-label={t('share')} className={styles.shrinking}>
          <Icon as={IconShare3} size={17} />
          <span>{t('share')}</span>
        </Button>
      )}
      <Menu items={acts}>
        <IconButton icon={IconDots} label={t('actionsOn', { name })} />
      </Menu>
    </header>
  )
}

/** Whether what is written is kept by the server; that it is not is said, that it is again too. */
function Saved({ state }: { state: PageState | undefined }) {
  const t = useText(texts)
  const { icon, words } = savedAs(state, t)
  return (
    <span className={styles.saved} role="status">
      <Icon as={icon} size={17} />
      <span>{words}</span>
    </span>
  )
}

function savedAs(state: PageState | undefined, t: ReturnType<typeof useText<(typeof texts)['fr']>>) {
  if (state === undefined || state.phase === 'opening') return { icon: IconCloudUp, words: t('opening') }
  if (state.phase !== 'live') {
    const words = state.waiting > 0 ? t('awayWaiting', { count: state.waiting }) : t('away')
    return { icon: IconCloudOff, words: state.phase === 'away' ? words : t('readOnly') }
  }
  if (state.level === 'read') return { icon: IconLock, words: t('readOnly') }
  if (state.level === 'comment') return { icon: IconLock, words: t('commentOnly') }
  return state.waiting > 0 ? { icon: IconCloudUp, words: t('saving') } : { icon: IconCloudCheck, words: t('saved') }
}
