import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { buttonLook } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { Prose } from '@/components/Prose'
import { useText } from '@/lib/i18n'
import { linkedPageQuery, type Opened, pageFileAddress } from '../byLink'
import { texts } from '../links.texts'
import styles from './byLink.module.css'

const formats = ['docx', 'html', 'md'] as const

interface LinkedPageProps {
  opened: Opened
  documentId: string
  mayDownload: boolean
}

function Said({ html }: { html: string }) {
  return (
    <div className={styles.said}>
      <Prose html={html} />
    </div>
  )
}

/** A page, to be read by whoever holds its link. */
export function LinkedPage({ opened, documentId, mayDownload }: LinkedPageProps) {
  const t = useText(texts)
  const page = useQuery(linkedPageQuery(opened, documentId))
  return (
    <>
      {mayDownload && (
        <nav aria-label={t('download')} className={styles.formats}>
          {formats.map((format) => (
            <a
              key={format}
              href={pageFileAddress(opened, documentId, format)}
              download
              {...buttonLook({ look: 'secondary', size: 'small' })}
            >
              <Icon as={IconDownload} size={17} />
              {t(`as_${format}`)}
            </a>
          ))}
        </nav>
      )}
      <Loaded query={page} lines={6}>
        {({ html }) => (html ? <Said html={html} /> : <p className={styles.none}>{t('emptyPage')}</p>)}
      </Loaded>
    </>
  )
}
