import { attribute } from '../html.ts';

/** What is sent to programs, and what most of them take it for. */
export const signals = [
  ['HUP', 'hang up: often, read the configuration again'],
  ['INT', 'interrupt, as Ctrl-C'],
  ['QUIT', 'quit, with a core dump'],
  ['TERM', 'terminate'],
  ['KILL', 'end at once, without a word'],
  ['USR1', 'as the program has it'],
  ['USR2', 'as the program has it'],
  ['STOP', 'hold still'],
  ['CONT', 'go on'],
  ['ALRM', 'a timer has run out'],
  ['WINCH', 'the window has changed its size'],
] as const;

export const signalChoice = `<label for="signal">Signal</label>
<select id="signal" name="signal">
${signals.map(([name, meaning]) => `<option value="${name}">${name} &ndash; ${meaning}</option>`).join('\n')}
</select>`;

/** Opened by the page's script; without one the buttons act at once, as they always have. */
export const dialogs = (
  token: string,
): string => `<dialog id="confirm" aria-labelledby="confirm-title">
<form method="dialog">
<h2 id="confirm-title"></h2>
<p id="confirm-text"></p>
<div class="choices"><button value="">Cancel</button> <button id="confirm-yes" class="primary" value="yes"></button></div>
</form>
</dialog>
<dialog id="signal-dialog" aria-labelledby="signal-title">
<form action="index.html?action=signal" method="post">
<input type="hidden" name="token" value="${attribute(token)}">
<h2 id="signal-title"></h2>
<p>${signalChoice}</p>
<div class="choices"><button type="button" class="cancel">Cancel</button> <button class="primary">Send</button></div>
</form>
</dialog>`;
