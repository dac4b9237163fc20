import { readFileSync } from 'node:fs';
import { type Net, scoreOf } from './net.ts';

const { order } = JSON.parse(readFileSync(new URL('./order.json', import.meta.url), 'utf8')) as {
  readonly order: Net;
};

/**
 * What the order of candidates is by: a small network, fitted by `bench/identify/fit.ts` on withheld names of one half of
 * the substances. How sure the first is it does not say, for it has seen long lists alone.
 */
export const orderOf = (features: Float64Array): number => scoreOf(order, features);
