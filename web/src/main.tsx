import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { wordsReady } from './i18n.ts';
import { ThemeProvider } from './parts/theme.tsx';
import { queryClient, router } from './router.tsx';
import './shell/base.css';
import './parts/parts.css';

await wordsReady;
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Suspense>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ThemeProvider>
    </Suspense>
  </StrictMode>,
);
