/** How the pages look. Its class names are those that scripts and other style sheets know. */
export const stylesheet = `body {
  margin: 0 auto;
  max-width: 70em;
  padding: 1em;
  background: #fff;
  color: #1c2733;
  font: 15px/1.5 system-ui, sans-serif;
}
a { color: #1f5f8b; }
a.hidden, div.hidden { visibility: hidden; }
div.hidden { height: 0; }
#header { margin-bottom: 1em; }
.status_msg {
  margin: 0 0 1em;
  padding: 0.5em 1em;
  border-left: 4px solid #1a8a5a;
  background: #eef6f2;
}
.clr { clear: both; }
#buttons { margin: 0 0 1em; padding: 0; list-style: none; }
#buttons li { display: inline-block; margin-right: 0.5em; }
#buttons a {
  display: block;
  padding: 0.3em 1em;
  border: 1px solid #c3ccd5;
  border-radius: 4px;
  text-decoration: none;
}
#buttons a:hover { background: #eef2f6; }
table { width: 100%; border-collapse: collapse; }
th { padding: 0.4em; border-bottom: 2px solid #c3ccd5; text-align: left; }
td { padding: 0.4em; border-bottom: 1px solid #e4e9ee; vertical-align: top; }
tr.shade { background: #f7f9fb; }
td.action ul { margin: 0; padding: 0; list-style: none; }
td.action li { display: inline-block; margin-right: 0.8em; }
td.status span {
  display: inline-block;
  min-width: 5.5em;
  padding: 0 0.5em;
  border-radius: 4px;
  color: #fff;
  text-align: center;
}
.statusrunning { background: #1a8a5a; }
.statusnominal { background: #66788a; }
.statuserror { background: #c0392b; }
#footer { margin-top: 2em; color: #66788a; font-size: 0.85em; }
#footer .left { float: left; }
#footer .right { float: right; }
@media (prefers-color-scheme: dark) {
  body { background: #161b21; color: #d6dee6; }
  a { color: #7ab8e0; }
  #header img { filter: invert(1) hue-rotate(180deg); }
  .status_msg { background: #1b2a24; }
  #buttons a, th { border-color: #3a4653; }
  #buttons a:hover { background: #222b35; }
  td { border-color: #29323c; }
  tr.shade { background: #1a2027; }
}
`;
