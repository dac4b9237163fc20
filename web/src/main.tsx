import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { wordsReady } from './i18n.ts';
import { messagesQuery } from './parts/messages.ts';
import { ThemeProvider } from './parts/theme.tsx';
import { queryClient, router } from './router.ts';
import './shell/base.css';
import './parts/parts.css';

// Without the server's sentences its codes would flash by; without the server, the shell says so itself.
const sentencesReady = queryClient.prefetchQuery({ ...messagesQuery, retry: false });
await Promise.all([wordsReady, sentencesReady]);
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
