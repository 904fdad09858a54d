"""Every setting of the service, once, with its help text; each is read from the environment as LANMU_<NAME>."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder."""


class Settings(BaseSettings):
    """The service's settings."""

    model_config = SettingsConfigDict(env_prefix="LANMU_", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    models: Path = Field(default=ROOT / "models", description="Folder of the model versions.")
    article_bytes: int = Field(default=1_000_000, gt=0, description="Largest body of one article or page.")
    batch_bytes: int = Field(default=10_000_000, gt=0, description="Largest body of a batch.")
    batch_articles: int = Field(default=10_000, gt=0, description="Most articles in a batch; NDJSON has no limit.")
    workers: int = Field(default=1, gt=0, description="Processes that answer requests.")
    threads: int = Field(default=2, gt=0, description="Long texts and batches that a worker answers at once.")
    waiting: int = Field(default=64, ge=0, description="As many more wait for a thread; beyond, 503.")
