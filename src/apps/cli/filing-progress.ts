import type { Progress } from '../http/port.ts';

const PHASES: Readonly<Record<string, string>> = {
  generating: 'Making a quarter of trade · 生成一个季度的贸易数据',
  settingUp: 'Opening accounts · 建立机构与账号',
  filing: 'Filing it through the public interface · 通过公开接口申报',
  examining: 'Examining what was selected · 查验选中的货物',
};

/**
 * Shows the filing of the demo port: on a terminal one line that moves, elsewhere a line at each new
 * phase and every tenth of the way.
 */
export function createFilingProgress(out: NodeJS.WriteStream): (progress: Progress | null) => void {
  let last = '';
  return (progress) => {
    if (!progress) {
      if (last !== '')
        out.write(`${out.isTTY ? '\n' : ''}The demo port is filed. · 演示数据已全部申报。\n`);
      last = '';
      return;
    }
    const { phase, done, of } = progress;
    if (phase === 'done') return;
    const share = of === 0 ? 0 : done / of;
    const step = out.isTTY ? Math.floor(share * 100) : Math.floor(share * 10) * 10;
    const line = `… ${PHASES[phase] ?? phase}: ${step} %`;
    if (line === last) return;
    last = line;
    out.write(out.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
  };
}
