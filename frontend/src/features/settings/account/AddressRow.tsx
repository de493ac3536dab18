import { IconClock, IconMail, IconSchool, IconTrash } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Chip } from '@/components/Chip'
import type { Address } from '@/entities/address/queries'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { Row } from '../Rows'
import { texts } from './i18n'

interface AddressRowProps {
  address: Address
  busy: boolean
  onResend: () => void
  onMakePrimary: () => void
  onRemove: () => void
}

export function AddressRow({ address, busy, onResend, onMakePrimary, onRemove }: AddressRowProps) {
  const t = useText(texts)
  const language = useLanguage()
  const { email, kind, is_primary, verified_at, abilities } = address
  return (
    <Row
      icon={kind === 'institutional' ? IconSchool : IconMail}
      name={email}
      chips={
        <>
          {is_primary && <Chip look="soft">{t('primary')}</Chip>}
          {verified_at === null && (
            <Chip look="line" icon={IconClock}>
              {t('unconfirmed')}
            </Chip>
          )}
        </>
      }
      facts={
        <>
          {t(kind)}. {verified_at ? t('confirmedOn', { date: formatDate(verified_at, language) }) : t('openLink')}
        </>
      }
      actions={
        <>
          {abilities.includes('confirm') && (
            <Button look="secondary" size="small" busy={busy} onClick={onResend}>
              {t('resend')}
            </Button>
          )}
          {abilities.includes('make_primary') && (
            <Button look="secondary" size="small" busy={busy} onClick={onMakePrimary}>
              {t('makePrimary')}
            </Button>
          )}
          {abilities.includes('remove') && (
            <IconButton icon={IconTrash} label={t('removeOne', { email })} onClick={onRemove} />
          )}
        </>
      }
    />
  )
}
