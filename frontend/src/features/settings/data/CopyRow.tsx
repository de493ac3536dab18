import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { FormError } from '@/components/forms/FormError'
import type { IconType } from '@/components/Icon'
import { Moment } from '@/components/Moment'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { Row } from '../Rows'
import { texts } from './i18n'
import { useDownloadCopy } from './mutations'
import type { Copy } from './queries'

interface CopyRowProps {
  copy: Copy
  icon: IconType
  onDelete: () => void
}

export function CopyRow({ copy, icon, onDelete }: CopyRowProps) {
  const t = useText(texts)
  const language = useLanguage()
  const fetching = useDownloadCopy()
  const date = formatDate(copy.asked_at, language)
  return (
    <Row
      icon={icon}
      name={t('copyOf', { date })}
      chips={
        <>
          {copy.state === 'preparing' && <Chip look="line">{t('preparing')}</Chip>}
          {copy.state === 'ready' && <Chip look="success">{t('ready')}</Chip>}
          {copy.state === 'failed' && <Chip look="danger">{t('failed')}</Chip>}
        </>
      }
      facts={
        <>
          {copy.state === 'preparing' && <p>{t.rich('askedAt', { moment: <Moment at={copy.asked_at} /> })}</p>}
          {copy.state === 'failed' && <p>{t('failedText')}</p>}
          {copy.size !== null && copy.expires_at !== null && (
            <p>
              {t('keptUntil', { size: formatSize(copy.size, language), date: formatDate(copy.expires_at, language) })}
            </p>
          )}
          <FormError>{fetching.error && messageOf(fetching.error)}</FormError>
        </>
      }
      actions={
        <>
          {copy.abilities.includes('download') && (
            <Button
              size="small"
              busy={fetching.isPending}
              aria-label={t('downloadOne', { date })}
              onClick={() => fetching.mutate(copy)}
            >
              {t('download')}
            </Button>
          )}
          {copy.state !== 'preparing' && (
            <Button look="secondary" size="small" aria-label={t('deleteOne', { date })} onClick={onDelete}>
              {t('deleteCopy')}
            </Button>
          )}
        </>
      }
    />
  )
}
