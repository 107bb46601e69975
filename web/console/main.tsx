import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from '../ui/api.ts'
import { useLanguage } from '../ui/language.ts'
import { useStill } from '../ui/media.ts'
import { themeOf } from '../ui/tokens.ts'
import { router } from './router.tsx'
import '../ui/base.css'
import './console.css'

function Console() {
  const language = useLanguage()
  const still = useStill()
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={themeOf(language, still)}
      button={{ autoInsertSpace: false }}
      form={{ scrollToFirstError: { focus: true, block: 'center' } }}
    >
      {/* Below the top bar, whose counts and bell stay in sight. */}
      <App message={{ top: 92 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  )
