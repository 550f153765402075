# The image that others copy from: `pnpm bundle-image` has made what is in it.
FROM scratch
COPY opt/tsvisor /opt/tsvisor
