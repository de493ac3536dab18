import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { buttonLook } from '@/components/buttons/Button'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Icon } from '@/components/Icon'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { type ExportFormat, exportAddress, exportFormats, exportLossesQuery } from '../exports'
import { texts } from '../files.texts'
import styles from './files.module.css'

interface ExportDialogProps {
  pageId: string
  onClose: () => void
}

/** The page as a file: in which format, and what that cannot say, before it is downloaded. */
export function ExportDialog({ pageId, onClose }: ExportDialogProps) {
  const t = useText(texts)
  const [format, setFormat] = useState<ExportFormat>('docx')
  const losses = useQuery(exportLossesQuery(pageId, format))
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('export')}
      width={560}
      footer={
        <a href={exportAddress(pageId, format)} download onClick={onClose} {...buttonLook({})}>
          <Icon as={IconDownload} size={17} />
          {t('downloadAs', { format: t(format) })}
        </a>
      }
    >
      <ChoiceGroup
        legend={t('format')}
        options={exportFormats.map((value) => ({ value, label: t(value), hint: t(`${value}Hint`) }))}
        value={format}
        onChange={setFormat}
      />
      <section className={styles.losses} aria-label={t('lost')}>
        <h3>{t('lost')}</h3>
        <Loaded query={losses} lines={2}>
          {({ items }) => (
            <ul>
              {items.map(({ code, text, count }) => (
                <li key={code}>
                  {text}
                  {count > 1 && <small> {t('times', { count })}</small>}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </section>
    </Dialog>
  )
}
