/** The style sheet of the pages. */
export const STYLE = `
:root {
  color-scheme: light dark;
  font: 1rem/1.5 system-ui, sans-serif;
}
body {
  max-width: 50rem;
  margin: 2rem auto;
  padding: 0 1rem;
}
nav a {
  display: inline-block;
  margin: 0 0.5rem 1rem 0;
  padding: 0.5rem 1rem;
  border-radius: 6px;
  background: #0b5cad;
  color: #fff;
  text-decoration: none;
}
a:focus-visible {
  outline: 3px solid #f5a524;
  outline-offset: 2px;
}
table {
  width: 100%;
  border-collapse: collapse;
}
caption {
  text-align: left;
  font-weight: 600;
  padding: 0.5rem 0;
}
th,
td {
  text-align: left;
  vertical-align: top;
  padding: 0.35rem 0.75rem 0.35rem 0;
  border-top: 1px solid #8884;
  overflow-wrap: anywhere;
}
th {
  font-weight: 500;
  white-space: nowrap;
}
section {
  margin: 1rem 0;
  padding: 0.25rem 1.25rem 0.5rem;
  border-left: 4px solid #0b5cad;
  background: #8881;
}
h2 {
  margin: 0.5rem 0;
  font-size: 1.1rem;
}
pre {
  padding: 1rem;
  border-radius: 6px;
  background: #8882;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
`
